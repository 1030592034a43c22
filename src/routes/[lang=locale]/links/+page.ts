/** Nothing on it moves. */
export const csr = false;
