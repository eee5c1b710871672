import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type Visit, visitConsole } from './console-visit.ts';
import { cliJson, runCli } from './run-cli.ts';
import { type Night, startNight } from './schedule-night.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
/** Where pictures of the pages go, when somebody wants to look at them. */
const shots = process.env.NIGHTSHIFT_TEST_SHOTS;

let browser: Browser;
let night: Night;
let visit: Visit;

beforeAll(async () => {
  [browser, night] = await Promise.all([launchBrowser(), startNight()]);
  visit = await visitConsole(browser, night.host.url, {
    path: '/schedule',
    preferences: { zone: 'project' },
  });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await night?.stop();
});

const settled = async (page: Page) => {
  await expect.poll(() => page.locator('.waiting').count(), { timeout: 20_000 }).toBe(0);
  await page.waitForTimeout(300);
};

const rowOf = (page: Page, text: string | RegExp) =>
  page.getByRole('row').filter({ hasText: text }).first();

describe('the pages of schedules', () => {
  it('show all planned fires with the peak, a quieter minute, and the workflows behind it', async () => {
    const { page } = visit;
    await page.getByRole('heading', { name: 'Schedule timeline', level: 1 }).waitFor();
    await page.getByRole('img', { name: /At most .* tasks in 5 minutes/ }).waitFor();
    await page.getByRole('heading', { name: /^Many tasks at once/ }).waitFor();
    const peak = rowOf(page, /Nov 20, 2026, 03:00/);
    await peak.getByRole('cell', { name: '30', exact: true }).waitFor();
    await peak.getByText('0 tasks due').waitFor();
    await peak.getByRole('button', { name: 'Show its workflows' }).click();
    await page.waitForURL(/at=2026-11-20T03/);
    await page.getByRole('link', { name: 'herd' }).waitFor();
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByRole('link', { name: 'herd' }).waitFor({ state: 'detached' });
  });

  it('mark what a change of clocks does', async () => {
    const { page, go } = visit;
    await go('/schedule?from=2027-03-28');
    await rowOf(page, '2027-03-28 02:30').getByText('Does not exist that day: skipped').waitFor();
  });

  it('W64 ask for a workflow first', async () => {
    const { page, go } = visit;
    await go('/schedule/workflow');
    await page.getByText('Choose a workflow to see its ticks').waitFor();
    await page.getByRole('button', { name: /Workflow/ }).click();
    await page.getByRole('option', { name: /shop\/orders/ }).click();
    await page.waitForURL(/\/schedule\/shop\/orders/);
  });

  it('W64 show the ticks of today with trigger time, end time, status and operation', async () => {
    const { page, go } = visit;
    await go('/schedule/shop/orders');
    for (const name of ['Trigger time', 'Ended', 'Status', 'Operation'])
      await page.getByRole('columnheader', { name, exact: true }).waitFor();
    await rowOf(page, '00:10:00').getByText('Succeeded').waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'Nov 20, 2026' }).count()).toBe(4);
    await rowOf(page, '00:10:00').getByRole('link', { name: 'View log' }).click();
    await page.waitForURL(/\/runs\/.*tab=log/);

    await go('/schedule/shop/herd');
    await rowOf(page, '03:00:00').getByText('Waiting').waitFor();
    await go('/schedule/shop/orders?from=2026-11-21&to=2026-11-21');
    await rowOf(page, 'Nov 21, 2026').getByText('Planned').waitFor();
    await go('/schedule/shop/broken');
    await page.getByText('This workflow has no schedule').first().waitFor({ state: 'detached' });
    await rowOf(page, 'One-time').getByText('Failed').waitFor();
  });

  it('W64 retry what failed, and pause the schedule', async () => {
    const { page, go } = visit;
    await go('/schedule/shop/broken?trigger=manual');
    await rowOf(page, 'One-time').getByRole('button', { name: 'Retry' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /\(1\)$/ }).click();
    await dialog.getByText('1 done').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await go('/schedule/shop/weekly');
    await page.getByRole('button', { name: 'Pause the schedule' }).click();
    await dialog.getByRole('button', { name: /\(1\)$/ }).click();
    await dialog.getByText('1 done').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Resume the schedule' }).waitFor();
    await page.getByRole('button', { name: 'Next 10 fires' }).click();
    await page.getByRole('heading', { name: 'Next fires' }).waitFor();
  });

  it('W65 show skipped ticks with their reason', async () => {
    const { page, go } = visit;
    await go('/schedule/shop/slow?status=SKIPPED');
    await rowOf(page, '00:05:00').getByText('Skipped · the run before had not ended').waitFor();
    await go('/schedule/shop/weekly');
    await rowOf(page, '00:03:00').getByText('Skipped · off day').waitFor();
  });

  it('W23 show the workflows around a workflow as picture and list, and more levels on request', async () => {
    const { page, go } = visit;
    await go('/workflows/shop/orders?tab=dependencies');
    const row = rowOf(page, 'shop/herd');
    await row.getByText('downstream, level 1').waitFor();
    await page.locator('.react-flow__node', { hasText: 'herd' }).waitFor();
    await page.getByRole('button', { name: /Levels down/ }).click();
    await page.getByRole('option', { name: '0', exact: true }).click();
    await page.waitForURL(/down=0/);
    await page.getByText('It waits for no other workflow').waitFor();
    await go('/workflows/shop/herd?tab=dependencies');
    await rowOf(page, 'shop/orders').getByText('upstream, level 1').waitFor();
    await rowOf(page, 'shop/orders').getByRole('link', { name: 'Succeeded' }).waitFor();
  });

  it('W23 show the runs of a workflow, their durations and the tasks in each of them', async () => {
    const { page, go } = visit;
    await go('/workflows/shop/orders?tab=runs');
    await page.getByRole('img', { name: /Duration of 4 runs/ }).waitFor();
    await page.getByText('100 % of 4').waitFor();
    await go('/workflows/shop/orders?tab=grid');
    const table = page.getByRole('table', { name: /Tasks in the last 4 runs/ });
    await expect.poll(() => table.getByRole('row').count()).toBe(3);
    await table
      .getByRole('link', { name: /^report, Nov 19, 2026: Succeeded/ })
      .last()
      .click();
    await page.waitForURL(/~report~4\?.*tab=log/);
  });

  it('draw and read only the rows of a large grid that are looked at', async () => {
    const { page, go } = visit;
    const parts: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/grid?')) parts.push(new URL(request.url()).search);
    });
    await go('/workflows/shop/big?tab=grid');
    const table = page.getByRole('table', { name: /Tasks in the last/ });
    await table.getByRole('row').nth(5).waitFor();
    expect(await table.getByRole('row').count()).toBeLessThan(80);
    expect(await table.getAttribute('aria-rowcount')).toBe('251');
    expect(parts.every((part) => part.includes('from=0'))).toBe(true);
    await page.locator('.grid14').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await expect.poll(() => parts.some((part) => part.includes('from=200'))).toBe(true);
  });

  it('W9 W10 list runs with status, progress, start and end; filters add up and clearing restores today', async () => {
    const { page, go } = visit;
    await go('/runs?status=FAILED&range=all');
    for (const name of ['Status', 'Progress', 'Started', 'Ended'])
      await page.getByRole('columnheader', { name, exact: true }).waitFor();
    const links = page.getByRole('row').getByRole('link');
    await rowOf(page, 'broken').waitFor();
    expect(await links.filter({ hasText: 'orders' }).count()).toBe(0);
    await go('/runs?status=FAILED&trigger=recurring');
    await page.getByText('Nothing matches these filters').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click();
    await page.waitForURL((url) => !url.search.includes('status'));
    await page.getByRole('button', { name: /Time range Today/ }).waitFor();
    await links.filter({ hasText: 'orders' }).first().waitFor();
    await go('/runs?range=yesterday');
    await page.getByText('Nothing matches these filters').waitFor();
  });

  it('W11 open the log of a node that has ended, from the graph and from the Gantt', async () => {
    const { page, go } = visit;
    const done = 'prod~shop~orders~r~20261119~2';
    for (const [run, task] of [
      [done, 'report'],
      [night.failed, 'fetch'],
    ] as const) {
      await go(`/runs/${run}?tab=dag`);
      await page.locator('.react-flow__node', { hasText: task }).click();
      await page.waitForURL(new RegExp(`~${task}~.*tab=log`));
      await page.getByRole('tab', { name: 'Log', exact: true, selected: true }).waitFor();
    }
    await go(`/runs/${done}?tab=gantt`);
    await page.getByRole('region', { name: 'Nodes of orders over time' }).waitFor();
    await page
      .getByRole('button', { name: /extract/ })
      .first()
      .click();
    await page.waitForURL(/~extract~.*tab=log/);
    await go(`/runs/${night.failed}?tab=nodes`);
    await rowOf(page, 'fetch').getByRole('link', { name: 'Log: fetch' }).click();
    await page.waitForURL(/~fetch~.*tab=log/);
  });

  it('show the ledger: expected = created = finished, the ticks of a date, and a hole that is generated again', async () => {
    const { page, go } = visit;
    await go('/ledger?project=shop');
    await rowOf(page, 'Nov 19, 2026').getByText('Running').waitFor();
    await rowOf(page, 'Nov 19, 2026').getByRole('link', { name: 'Show ticks' }).click();
    await page.getByRole('heading', { name: 'Ticks of Nov 19, 2026' }).waitFor();
    await rowOf(page, 'slow')
      .getByText(/2 · overlapped or not caught up/)
      .waitFor();

    const { ledger } = Object.fromEntries(
      Object.entries(night.host.tableNames).map(([id, name]) => [
        id.toLowerCase().includes('ledger') ? 'ledger' : id,
        name,
      ]),
    );
    const tables = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: night.host.endpoints.dynamodb,
        region: 'eu-central-1',
        credentials: { accessKeyId: night.host.accessKeyId, secretAccessKey: 'x' },
      }),
    );
    await tables.send(
      new DeleteCommand({ TableName: ledger, Key: { pk: 'GEN#prod#shop', sk: '2026-11-19' } }),
    );
    await go('/ledger?project=shop');
    await page.getByText('1 date has a hole').waitFor();
    await rowOf(page, 'Nov 19, 2026').getByText('Not generated').waitFor();
    await shoot('ledger-hole', page);
    const { code, stdout } = await runCli(
      ['schedule', 'ledger', '--project', 'shop'],
      night.host.credentialsFile,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/2026-11-19\s+MISSING/);
    await go('/system/health');
    await page.getByText(/shop 2026-11-19 was not generated/).waitFor();

    await go('/ledger?project=shop');
    await rowOf(page, 'Nov 19, 2026').getByRole('button', { name: 'Generate now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Generate now' }).click();
    await page.getByText('The generation of Nov 19, 2026 is asked for').waitFor();
  });

  it('come on the command line, too', async () => {
    const json = <T>(...args: string[]) => cliJson<T>(args, night.host.credentialsFile);
    const timeline = await json<{ items: unknown[]; peaks: { tasks: number }[] }>(
      ...['schedule', 'timeline', '--project', 'shop'],
      ...['--from', '2026-11-20T00:00:00Z', '--hours', '24'],
    );
    expect(timeline.peaks[0]).toMatchObject({ tasks: 253 });
    const ticks = await json<{ status: string }[]>(
      ...['schedule', 'ticks', 'shop/slow', '--status', 'SKIPPED'],
    );
    expect(ticks).toHaveLength(2);
    const day = await json<{ workflow: string }[]>(
      ...['schedule', 'ledger', '--project', 'shop', '--date', '2026-11-19'],
    );
    expect(day.map(({ workflow }) => workflow)).toContain('orders');
  });

  it('complain about nothing', () => {
    expect(visit.complaints).toEqual([]);
  });
});

const pages = () => [
  ['schedule', '/schedule'],
  ['schedule-7d', '/schedule?horizon=7d'],
  ['schedule-dst', '/schedule?from=2027-03-28'],
  ['ticks-choose', '/schedule/workflow'],
  ['ticks', '/schedule/shop/orders'],
  ['ticks-slow', '/schedule/shop/slow'],
  ['ticks-empty', '/schedule/shop/broken?from=2026-11-19&to=2026-11-19'],
  ['ledger', '/ledger?project=shop&bizDate=2026-11-19'],
  ['runs', '/runs'],
  ['workflow-runs', '/workflows/shop/orders?tab=runs'],
  ['workflow-grid', '/workflows/shop/orders?tab=grid'],
  ['workflow-dependencies', '/workflows/shop/orders?tab=dependencies'],
  ['workflow-schedule', '/workflows/shop/orders?tab=schedule'],
  ['run-gantt', '/runs/prod~shop~orders~r~20261119~2?tab=gantt'],
  ['run-nodes', '/runs/prod~shop~orders~r~20261119~2?tab=nodes'],
];

describe('each of them', () => {
  it.each([
    ['light', 'en', 1440],
    ['dark', 'zh-CN', 1440],
    ['light', 'en', 414],
  ] as const)(
    'is clean for axe and fits (%s, %s, %i pixels)',
    async (theme, language, width) => {
      const look = await visitConsole(browser, night.host.url, {
        viewport: { width, height: 900 },
        preferences: { theme, language, zone: 'project', navigationOpen: width > 500 },
      });
      const findings: string[] = [];
      for (const [name, path] of pages()) {
        await look.follow(path ?? '');
        await settled(look.page);
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
  await page.screenshot({ path: `${shots}/schedule-${name}.png`, fullPage: true });
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
