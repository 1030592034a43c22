/** The query of the figure that is open, for links that keep it (the language switch). */
export const current = $state({ query: '' });
