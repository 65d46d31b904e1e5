import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the console into `dist`; `npm run dev` passes requests of the API on to a server on the default port. */
// biome-ignore lint/style/noDefaultExport: Vite takes its configuration as the default export
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Inlined files would be data: addresses, which the content-security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The expression editor with its language comes in one piece, when it is first opened.
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4600', '/sign-in': 'http://127.0.0.1:4600' } },
});
