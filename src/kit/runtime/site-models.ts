/**
 * The language models that the site ships, by their names in static/models/index.json, and the one that figures ask unless the reader chooses.
 * The one place: a new model is added to the list, another default is named below; `npm run record` then makes every figure's recorded answers anew.
 */
import { oneOf, type Param } from '#kit/params/schema.ts';

export const SITE_MODELS = ['stories', 'tang', 'stories260K'] as const;
export const DEFAULT_MODEL: SiteModel = 'stories';
export type SiteModel = (typeof SITE_MODELS)[number];

/** A model from the reader's own files. Its name stands in links, its files stay on their machine. */
export const OWN = 'own';
export type ModelName = SiteModel | typeof OWN;

/** The parameter that names a model. */
export const modelParam = (): Param<ModelName> => oneOf<readonly [ModelName, ...ModelName[]]>([...SITE_MODELS, OWN], DEFAULT_MODEL);

/** The model that answers where nobody's own files are: on a server, in a command, in another reader's browser. */
export const shippedModel = (name: ModelName): SiteModel => (name === OWN ? DEFAULT_MODEL : name);

/** What the model of Chinese verse is asked to go on with: the first line of 登鹳雀楼, and where the second begins. */
const VERSE = '白日依山尽，黄河';
const HAN = /\p{Script=Han}/u;

/** What a model does not know a word of, though it will answer: another prompt or another model is the cure. */
export function unread(model: ModelName, prompt: string): { readonly prompt: string } | { readonly model: SiteModel } | undefined {
	if (model === 'tang') return prompt.trim() === '' || HAN.test(prompt) ? undefined : { prompt: VERSE };
	return model !== OWN && HAN.test(prompt) && !/[a-z]/i.test(prompt) ? { model: 'tang' } : undefined;
}

/**
 * The prompt when the reader changes to another model: theirs, unless the model cannot read a word of it. To a model of Chinese characters
 * English is bytes, and the other way round.
 */
export function promptFor(model: ModelName, prompt: string, initial: string): string {
	if (model === 'tang') return HAN.test(prompt) ? prompt : VERSE;
	return prompt === VERSE ? initial : prompt;
}
