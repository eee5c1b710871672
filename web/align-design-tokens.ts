import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Gives the tokens of `@cloudscape-design/design-tokens` the names of the custom properties that the installed
 * components define. Both packages end each name with a hash of their own release, and the two differ: without this a
 * token is its light fallback in dark mode, too.
 */
export const alignDesignTokens = (): Plugin => {
  const names = new Map<string, string>();

  return {
    name: 'align-design-tokens',
    buildStart() {
      const kit = dirname(
        fileURLToPath(import.meta.resolve('@cloudscape-design/components/package.json')),
      );
      const css = readFileSync(join(kit, 'internal/base-theme/styles.scoped.css'), 'utf8');
      for (const [, token, hash] of css.matchAll(/--([a-z0-9-]+)-([a-z0-9]{6}):/g))
        if (token && hash) names.set(token, hash);
      if (names.size < 100)
        this.error(`found only ${names.size} tokens in Cloudscape's base theme`);
    },
    transform: {
      filter: { id: /design-tokens\/index\.js/ },
      handler: (code) => ({
        code: code.replaceAll(
          /var\(--([a-z0-9-]+)-([a-z0-9]{6}),/g,
          (_, token: string, hash: string) => `var(--${token}-${names.get(token) ?? hash},`,
        ),
        map: null,
      }),
    },
  };
};
