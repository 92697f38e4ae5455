import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// `npm run dev` shows the mock city at /?mock, or a running gateway through this proxy.
const gateway = 'http://127.0.0.1:5080';

export default defineConfig({
  // Relative addresses: the gateway may serve the page under any path.
  base: './',
  plugins: [svelte()],
  build: { emptyOutDir: true, assetsInlineLimit: 0, reportCompressedSize: false },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': gateway, '/hubs': { target: gateway, ws: true } },
  },
  test: { environment: 'node', include: ['tests/**/*.test.ts'] },
});
