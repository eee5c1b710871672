import type { Plugin } from 'vite';

/**
 * Drops the `@font-face` rules of Cloudscape's global styles: eight embedded fonts of 135 KB (gzip) that a strict
 * `font-src 'self'` would block anyway. The system's fonts serve instead.
 */
export const stripFontFaces = (): Plugin => ({
  name: 'strip-font-faces',
  enforce: 'pre',
  transform: {
    filter: { id: /global-styles\/index\.css/ },
    handler: (code) => ({ code: code.replaceAll(/@font-face\s*\{[^}]*\}/g, ''), map: null }),
  },
});
