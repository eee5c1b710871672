import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { alignDesignTokens } from './align-design-tokens.ts';
import { stripDescriptions } from './strip-descriptions.ts';
import { stripFontFaces } from './strip-font-faces.ts';

/** `vite build --config web/vite.config.ts` writes the static site to dist/site. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [alignDesignTokens(), stripFontFaces(), stripDescriptions(), react()],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    // An inlined asset would be a `data:` URL, which the content security policy allows for images only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
