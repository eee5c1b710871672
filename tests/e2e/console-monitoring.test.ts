import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Visit, visitConsole } from './console-visit.ts';
import { type MonitoringDay, startMonitoringDay } from './monitoring-day.ts';
import { cliJson, runCli } from './run-cli.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
/** Where pictures of the pages go, when somebody wants to look at them. */
const shots = process.env.NIGHTSHIFT_TEST_SHOTS;

let browser: Browser;
let day: MonitoringDay;
let visit: Visit;

beforeAll(async () => {
  [browser, day] = await Promise.all([launchBrowser(), startMonitoringDay()]);
  visit = await visitConsole(browser, day.host.url, { path: '/monitoring' });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await day?.stop();
});

const figure = (page: Page, name: string, value: string) =>
  page
    .locator('dt', { hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd[1]')
    .getByText(value, { exact: true })
    .waitFor();
const rowOf = (page: Page, text: string | RegExp) =>
  page.getByRole('row').filter({ hasText: text }).first();
const broken = (page: Page, n = 0) => page.getByRole('row').filter({ hasText: 'broken' }).nth(n);

describe('the overview of runs', () => {
  it('W52 opens on today with runs, successes and mean duration, and is found in the navigation', async () => {
    const { page } = visit;
    await page.getByRole('heading', { name: 'Running overview', level: 1 }).waitFor();
    await figure(page, 'Runs', '6');
    await figure(page, 'Succeeded', '3');
    await figure(page, 'Failed', '2');
    await figure(page, 'Running now', '1');
    await figure(page, 'Automatically retried', '1');
    await page.getByText('Mean duration').first().waitFor();
    await page
      .getByRole('navigation', { name: 'Navigation' })
      .getByRole('link', { name: 'Running overview' })
      .waitFor();
    expect(await page.getByRole('button', { name: 'Today', pressed: true }).count()).toBe(1);
  });

  it('W52 filters by application, then by workflow of it', async () => {
    const { page } = visit;
    await page.getByText('Choose an application first').waitFor();
    await page.getByRole('button', { name: /All applications/ }).click();
    await page.getByRole('option', { name: 'shop' }).click();
    await page.waitForURL(/project=shop/);
    await page.getByRole('button', { name: /All workflows/ }).click();
    await page.getByRole('option', { name: 'broken' }).click();
    await page.waitForURL(/workflow=broken/);
    await figure(page, 'Runs', '2');
    await figure(page, 'Success rate', '0%');
    await page.reload();
    await figure(page, 'Runs', '2');
  });

  it('leads to exactly the runs that it counted, from charts, figures and lists', async () => {
    const { page, go } = visit;
    await go('/monitoring?project=shop');
    await page
      .getByRole('link', { name: /From .* on: \d+ succeeded, \d+ failed/ })
      .first()
      .click();
    await page.waitForURL(/\/runs\?.*startedUntil=.*/);
    await rowOf(page, /orders|broken/).waitFor();
    await go('/monitoring?project=shop');
    await rowOf(page, 'shop/broken').getByRole('link').click();
    await page.waitForURL(/\/runs\?.*startedFrom=.*/);
    await broken(page, 1).waitFor();
    const dated = page.getByRole('row').filter({ hasText: /Nov|Dec|20/ });
    await vi.waitFor(async () => expect(await dated.count()).toBe(2));
    await go('/monitoring?project=shop');
    await page.getByRole('link', { name: '3', exact: true }).click();
    await page.waitForURL(/status=SUCCESS/);
    const ordered = page.getByRole('row').filter({ hasText: 'orders' });
    await vi.waitFor(async () => expect(await ordered.count()).toBe(3));
  });

  it('W53 cannot be asked for more than seven days back', async () => {
    const { page, go } = visit;
    await go('/monitoring?project=shop');
    await page.getByRole('button', { name: 'Custom' }).click();
    await page.getByText('reaches back 7 days').waitFor();
    await page.getByRole('textbox', { name: /From/ }).fill('2026/01/01');
    await page.getByRole('textbox', { name: /Time/ }).first().fill('00:00');
    await page.getByText('Lies more than 7 days back').waitFor();
    await go('/monitoring?project=shop&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z');
    await page
      .getByText(/query.from must not lie before/)
      .first()
      .waitFor();
  });

  it('says what to do where nothing ran', async () => {
    const { page, go } = visit;
    await go('/monitoring?project=quiet');
    await page.getByText('No run started in this time').waitFor();
  });

  it('comes on the command line, too', async () => {
    const { totals } = await cliJson<{ totals: { runs: number } }>(
      ['monitoring', '--project', 'shop'],
      day.host.credentialsFile,
    );
    expect(totals.runs).toBe(6);
  });
});

describe('a manual retry', () => {
  it('W62 has no button before the final failure', async () => {
    const { page, go } = visit;
    await go('/runs?project=shop');
    await broken(page).getByRole('button', { name: 'Retry' }).waitFor();
    const stubborn = rowOf(page, 'stubborn');
    await stubborn.getByText('1 automatic retry').waitFor();
    expect(await stubborn.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(await rowOf(page, 'orders').getByRole('button', { name: 'Retry' }).count()).toBe(0);
  });

  it('W63 needs a reason, makes a linked run, and is gone while that one is under way or has failed', async () => {
    const { page, go } = visit;
    const run = day.failed[0] ?? '';
    await go(`/runs/${run}`);
    await page.getByRole('button', { name: 'Retry', exact: true }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Retry' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('the feed is back');
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('The retry is asked for').waitFor();
    await page.getByRole('link', { name: 'Open the new run' }).click();
    await page.getByRole('link', { name: run }).waitFor();
    await go(`/runs/${run}`);
    await expect
      .poll(async () => (await day.call('getRun', { params: { run } })).retry?.status, {
        timeout: 30_000,
      })
      .toBe('FAILED');
    await go(`/runs/${run}`);
    await page.getByRole('link', { name: 'Retried: failed' }).waitFor();
    await page.getByText('admin: the feed is back').waitFor();
    await page.getByRole('button', { name: 'Retry', exact: true }).waitFor();
  });

  it('W21 goes for all that failed in a filter, with progress', async () => {
    const { page, go } = visit;
    await go('/runs?project=shop&status=FAILED&trigger=manual');
    await page.getByRole('button', { name: 'Retry all that failed here' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('outage is over');
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await dialog.getByText(/\d retried/).waitFor();
    await dialog.getByText('Done').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  it('comes on the command line, by id or for all that failed, never both', async () => {
    const file = day.host.credentialsFile;
    const both = await runCli(['retry', 'x', '--all-failed', '--reason', 'y'], file);
    expect(both.code).toBe(2);
    const waitable = async () =>
      (await day.call('listRuns', { query: { project: 'shop', retryable: 'true' } })).items.length;
    await expect.poll(waitable, { timeout: 30_000 }).toBeGreaterThan(0);
    const done = await cliJson<{ done: number }>(
      ['retry', '--all-failed', '--project', 'shop', '--workflow', 'broken', '--reason', 'again'],
      file,
    );
    expect(done.done).toBeGreaterThan(0);
  });

  it('complains about nothing', () => {
    expect(visit.complaints.filter((each) => !each.includes('400'))).toEqual([]);
  });
});

const pages = [
  ['monitoring', '/monitoring?project=shop'],
  ['monitoring-7d', '/monitoring?range=7d'],
  ['monitoring-empty', '/monitoring?project=quiet'],
  ['runs', '/runs?project=shop'],
] as const;

describe('each of them', () => {
  it.each([
    ['light', 'en', 1440],
    ['dark', 'zh-CN', 1440],
    ['light', 'en', 414],
    ['dark', 'zh-CN', 414],
  ] as const)(
    'is clean for axe and fits (%s, %s, %i pixels)',
    async (theme, language, width) => {
      const look = await visitConsole(browser, day.host.url, {
        viewport: { width, height: 900 },
        preferences: { theme, language, zone: 'project', navigationOpen: width > 500 },
      });
      const findings: string[] = [];
      for (const [name, path] of pages) {
        await look.follow(path);
        await expect.poll(() => look.page.locator('.waiting').count()).toBe(0);
        await look.page.waitForTimeout(500);
        await shoot(`${name}-${width}-${theme}-${language}`, look.page);
        const wide = await look.page.evaluate<number>('document.documentElement.scrollWidth');
        if (wide > width) findings.push(`${path}: ${wide} pixels wide`);
        if (width > 500)
          findings.push(...(await findingsOf(look.page)).map((each) => `${path} ${each}`));
      }
      expect(findings).toEqual([]);
      expect(look.complaints).toEqual([]);
      await look.close();
    },
    240_000,
  );
});

const shoot = async (name: string, page: Page) => {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
};

type Finding = { id: string; nodes: { html: string; failureSummary?: string }[] };

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
