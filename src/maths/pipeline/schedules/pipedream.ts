/**
 * PipeDream (Narayanan et al., SOSP 2019): 1F1B without a flush. The weights of a stage change after each of its backwards, so a stage keeps
 * as many versions as it has minibatches in flight. The stream of minibatches has no end; the first m of it are planned.
 */
import type { Plan } from '../op.ts';
import { oneFOneB } from './one-f-one-b.ts';

export const pipedream = (p: number, m: number): Plan => oneFOneB(p, m);

/** Versions kept by stage s: warm-up forwards + 1 (msr-fiddle/pipedream: num_versions = num_warmup_minibatches + 1). */
export const versionsOf = (p: number, s: number): number => p - s;
