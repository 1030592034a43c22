/** What the router would give: an embed has none, and never changes its address. The base path is put in when it is bundled. */
declare const __BASE__: string;

export const resolve = (path: string, params: Readonly<Record<string, string>> = {}): string =>
	(__BASE__ + path.replace(/\[(\w+)(?:=\w+)?\]/g, (all, name: string) => params[name] ?? all)).replace(/(.)\/$/, '$1');
export const pushState = (): void => undefined;
export const replaceState = (): void => undefined;
export const afterNavigate = (): void => undefined;
