import { findMoved } from '#explainers/registry.ts';

/** Slugs that a figure had once. */
export const match = (param: string): boolean => findMoved(param) !== undefined;
