import { defineConfig } from '@playwright/test';
import { find } from './tests/browsers/find.mjs';

// `npm test` names a free port, so that a site being served does not stand in its way.
const port = Number(process.env.E2E_PORT ?? 4173);
const origin = `http://127.0.0.1:${port}`;
const chromium = await find('chromium');

const args = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];
/** WebGPU on the processor: slow, but the same code path, and on every machine. */
const webgpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan', '--use-vulkan=swiftshader'];

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	forbidOnly: !!process.env.CI,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? '.cache/e2e.json' }]],
	use: {
		browserName: 'chromium',
		baseURL: origin,
		viewport: { width: 1280, height: 900 },
		// Recording every test costs a third of the time: ask for it where it is needed, with --trace on.
		screenshot: 'only-on-failure',
		launchOptions: { args, ...(chromium ? { executablePath: chromium.path } : {}) }
	},
	projects: [
		{ name: 'chromium', testIgnore: '**/*.webgpu.spec.ts' },
		{
			name: 'webgpu',
			testMatch: '**/*.webgpu.spec.ts',
			use: { launchOptions: { args: [...args, ...webgpu], ...(chromium ? { executablePath: chromium.path } : {}) } }
		}
	],
	webServer: {
		command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
		url: `${origin}/`,
		reuseExistingServer: false,
		timeout: 30_000
	}
});
