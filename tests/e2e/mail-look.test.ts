import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letters } from '../../shared/testing/letters.ts';
import { launchBrowser } from './browser.ts';
import { measure } from './measure-mail.mjs';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const looks = [600, 320].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

type Seen = {
  readonly looked: number;
  readonly links: readonly string[];
};

describe.each(Object.entries(letters))('a mail with %s', (_, { html = '' }) => {
  it.each(looks)('fits and can be read at $width px, $colorScheme', async (look) => {
    const page = await browser.newPage({
      viewport: { width: look.width, height: 800 },
      colorScheme: look.colorScheme,
    });
    await page.setContent(html);
    const seen = (await page.evaluate(measure)) as Seen;
    await page.close();
    expect(seen.looked).toBeGreaterThan(8);
    expect(seen).toMatchObject({ overflow: 0, faint: [], scripts: 0, small: 0 });
    for (const link of seen.links) expect(link).toMatch(/^https:\/\/console\.example\.com\//);
  });
});
