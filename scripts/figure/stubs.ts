/** What the router would give; a command has no address. */
export const resolve = (path: string, params: Readonly<Record<string, string>> = {}): string =>
	path.replace(/\[(\w+)(?:=\w+)?\]/g, (all, name: string) => params[name] ?? all);
export const pushState = (): void => undefined;
export const replaceState = (): void => undefined;
export const afterNavigate = (): void => undefined;
