import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Replaced by the gateway with a fresh nonce in every index.html it gives, so that the policy needs no `unsafe-inline`. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 400, reportCompressedSize: true },
  server: { port: 5173, proxy: { '/api': { target: 'http://127.0.0.1:3000', changeOrigin: true } } },
});
