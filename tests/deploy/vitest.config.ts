import { defineConfig } from 'vitest/config';

/** Apart from `npm test`: it needs Python and takes minutes, most of them waiting for a schedule. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 600_000,
  },
});
