import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { notFoundPage } from './scripts/lib/not-found.mjs';
import { siteOrigin } from './scripts/lib/origin.mjs';
import { prose } from './src/kit/text/prose.plugin.ts';

export default defineConfig({
	plugins: [prose(), notFoundPage(), sveltekit()],
	define: { 'import.meta.env.SITE_ORIGIN': JSON.stringify(siteOrigin()) },
	worker: { format: 'es' },
	// Found only when WebGPU is first asked for: a development server would then reload the page.
	optimizeDeps: { include: ['onnxruntime-web/jspi'] },
	build: {
		target: 'es2022',
		assetsInlineLimit: 0,
		rolldownOptions: {
			// d3's parts patch each other when loaded together; of what is not called here nothing is needed.
			treeshake: { moduleSideEffects: (id) => !/node_modules\/d3(-[\w-]+)?\//.test(id) }
		}
	},
	preview: { port: 4173 },
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		environment: 'node',
		testTimeout: 20_000
	}
});
