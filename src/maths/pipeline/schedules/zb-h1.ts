/** ZB-H1: as many microbatches in flight as 1F1B; a third of its bubble when F, I and W last alike. */
import type { Plan } from '../op.ts';
import { zeroBubble } from './zb-h.ts';

export const zbH1 = (p: number, m: number): Plan =>
	zeroBubble(
		p,
		m,
		(r) => p - r,
		(r) => r
	);
