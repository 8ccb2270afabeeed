import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const lib = new URL('./src/lib', import.meta.url).pathname;

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  resolve: { alias: { $lib: lib } },
  server: { port: 5173, strictPort: true },
  // Fonts stay files: the content policy lets nothing in from data: addresses.
  build: { target: 'safari16', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
});
