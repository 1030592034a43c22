/** Puts the client where a test's page.evaluate() reaches it. */
import { defaultSettings } from '#maths/sampling/settings.ts';
import { LanguageModel } from '#kit/runtime/client.ts';
import { joinTokens } from '#kit/runtime/token-text.ts';

export const harness = { LanguageModel, defaultSettings, joinTokens };
Object.assign(globalThis, { harness });
