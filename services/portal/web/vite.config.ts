import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the API of a portal that runs already is to be found, for `vite dev`. */
const api = process.env['TEAM_PORTAL'];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing is inlined: the content security policy allows only what the portal itself serves.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
  },
  ...(api === undefined ? {} : { server: { proxy: { '/v1': api, '/auth': api } } }),
});
