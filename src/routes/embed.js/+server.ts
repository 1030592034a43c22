import { registry } from '#explainers/registry.ts';
import { hostScript } from '../embed/bundle.server.ts';

export const prerender = true;

/** The script that turns links on other people's pages into figures. */
export async function GET(): Promise<Response> {
	const { code } = await hostScript(registry.map(({ slug }) => slug));
	return new Response(code, { headers: { 'content-type': 'text/javascript' } });
}
