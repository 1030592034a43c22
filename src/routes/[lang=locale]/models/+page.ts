/** Nothing on this page moves: it needs no script. */
export const csr = false;
