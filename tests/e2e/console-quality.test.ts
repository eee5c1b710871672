import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { visitConsole } from './console-visit.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const site = join(import.meta.dirname, '..', '..', 'dist', 'site');

let browser: Browser;
let stage: ConsoleHost;

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
});

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** Every page, the detail pages on each of their tabs. */
const pages = () => [
  '/',
  '/workflows',
  ...['dag', 'runs', 'schedule', 'versions', 'definition'].map(
    (tab) => `/workflows/shop/orders?tab=${tab}`,
  ),
  '/runs',
  ...['instances', 'dag', 'log'].map((tab) => `/runs/${stage.run}?tab=${tab}`),
  '/instances?project=shop',
  '/instances/manual?project=shop',
  ...['details', 'attempts', 'log', 'diagnosis', 'dag', 'moves'].map(
    (tab) => `/instances/${stage.run}~report~1?tab=${tab}`,
  ),
  '/system/pools',
  '/system/health',
  '/no/such/page',
];

type Finding = { id: string; nodes: { html: string; failureSummary?: string }[] };

/** Findings of axe: WCAG 2.2 A and AA and its best practices. */
const findingsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Finding[] }> };
    };
    return (await axe.run()).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
};

const settled = async (page: Page) => {
  await expect.poll(() => page.locator('.waiting').count(), { timeout: 20_000 }).toBe(0);
  await page.waitForTimeout(300);
};

describe('every page of the console', () => {
  it.each([
    ['light', 'en'],
    ['dark', 'zh-CN'],
  ])(
    'is clean for axe and the content security policy (%s, %s)',
    async (theme, language) => {
      const visit = await visitConsole(browser, stage.host.url, {
        preferences: { theme, language },
      });
      const findings: string[] = [];
      const headings = new Set<string | null>();
      for (const path of pages()) {
        await visit.follow(path);
        await settled(visit.page);
        headings.add(await visit.page.locator('#content h1').first().textContent());
        findings.push(...(await findingsOf(visit.page)).map((finding) => `${path} ${finding}`));
      }
      // It did go from page to page.
      expect(headings.size).toBeGreaterThanOrEqual(9);
      expect(findings).toEqual([]);
      expect(visit.complaints).toEqual([]);
      await visit.close();
    },
    180_000,
  );

  it('fits 414 pixels: nothing makes the page itself scroll sideways', async () => {
    const visit = await visitConsole(browser, stage.host.url, {
      viewport: { width: 414, height: 896 },
      preferences: { navigationOpen: false },
    });
    const tooWide: string[] = [];
    for (const path of pages()) {
      await visit.follow(path);
      await settled(visit.page);
      const width = await visit.page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > 414) tooWide.push(`${path}: ${width}`);
    }
    expect(tooWide).toEqual([]);
    await visit.close();
  }, 180_000);

  it('loads at first no more than 450 KB of JavaScript and 110 KB of CSS (gzip)', async () => {
    const loaded = new Set<string>();
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('response', (answer) => loaded.add(new URL(answer.url()).pathname));
    await page.goto(stage.host.url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign in as admin' }).click();
    await page.locator('#content h1').waitFor();
    await settled(page);

    const sizeOf = (ending: string) =>
      [...loaded]
        .filter((path) => path.startsWith('/assets/') && path.endsWith(ending))
        .reduce((sum, path) => sum + gzipSync(readFileSync(join(site, path))).length, 0) / 1024;
    expect(sizeOf('.js')).toBeGreaterThan(50);
    expect(sizeOf('.js')).toBeLessThanOrEqual(450);
    expect(sizeOf('.css')).toBeLessThanOrEqual(110);
    await context.close();
  });
});
