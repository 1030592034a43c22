/** It leads on at once; where scripts are off it is a page to read. */
export const csr = false;
