/** ZB-H2: nearly twice as many in flight, and no gap inside a device's own span; the next step may begin before this one has ended everywhere. */
import type { Plan } from '../op.ts';
import { zeroBubble } from './zb-h.ts';

export const zbH2 = (p: number, m: number): Plan =>
	zeroBubble(
		p,
		m,
		(r) => 2 * (p - r) - 1,
		(r) => 2 * r
	);
