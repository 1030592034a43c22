/** The processors by the names that stand in an order. */
import { dry } from './dry.ts';
import { epsilon } from './epsilon.ts';
import { eta } from './eta.ts';
import { minP } from './min-p.ts';
import { mirostat } from './mirostat.ts';
import { penalties } from './penalties.ts';
import type { Processor } from './processor.ts';
import type { ProcessorName } from './settings.ts';
import { temperature } from './temperature.ts';
import { tfs } from './tfs.ts';
import { topA } from './top-a.ts';
import { topH } from './top-h.ts';
import { topK } from './top-k.ts';
import { topNSigma } from './top-n-sigma.ts';
import { topP } from './top-p.ts';
import { typical } from './typical.ts';
import { xtc } from './xtc.ts';

export const PROCESSOR: Readonly<Record<ProcessorName, Processor>> = {
	penalties,
	dry,
	'top-n-sigma': topNSigma,
	temperature,
	'top-h': topH,
	'top-k': topK,
	'top-p': topP,
	'min-p': minP,
	typical,
	epsilon,
	eta,
	tfs,
	'top-a': topA,
	xtc,
	mirostat
};
