import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';
import { cliJson, runCli } from './run-cli.ts';

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;

const daily = { every: 'day', at: '02:30' } as const;

/** A chain with a foreign consumer, a one-time task, and a workflow of more tasks than a picture shows one by one. */
const publishAll = async ({ call }: ConsoleHost) => {
  const { rev } = await call('getProject', { params: { project: 'shop' } });
  expect(rev).toBeGreaterThan(0);
  await call('createProject', { body: { name: 'other', zone: 'UTC' } });
  const publish = (project: string, workflow: string, definition: object) =>
    call('publishWorkflow', {
      params: { project, workflow },
      body: { definition: { workflow, ...definition } as never, online: true },
    });
  await publish('shop', 'sales', {
    schedule: daily,
    owner: 'admin',
    tasks: [
      { name: 'first', kind: 'noop', tags: ['core'] },
      { name: 'second', kind: 'wait', seconds: 3_600, upstreams: ['first'] },
      {
        name: 'third',
        kind: 'http',
        url: 'https://example.com/x',
        upstreams: ['second', { task: 'first', period: 'last' }],
        selfDependent: true,
        retries: { count: 2, intervalSeconds: 60 },
        runbook: 'Call the shop.\n<b>Then</b> rerun it.',
      },
      { name: 'fourth', kind: 'noop', upstreams: ['third'] },
      { name: 'tidy', kind: 'noop', trigger: 'manual', parameters: { region: 'eu' } },
    ],
  });
  await publish('other', 'marts', {
    schedule: daily,
    tasks: [
      {
        name: 'mart',
        kind: 'http',
        url: 'https://example.com/y',
        upstreams: [{ project: 'shop', workflow: 'sales', task: 'third' }],
      },
      { name: 'below', kind: 'noop', upstreams: ['mart'] },
    ],
  });
  const wide = Array.from({ length: 1_000 }, (_, n) => ({
    name: `w${n}`,
    kind: 'noop',
    upstreams: ['root'],
  }));
  await publish('shop', 'wide', { tasks: [{ name: 'root', kind: 'noop' }, ...wide] });
};

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  await publishAll(stage);
  visit = await visitConsole(browser, stage.host.url, { path: '/tasks/auto?project=shop' });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** Waits until so many nodes are drawn. */
const drawn = (count: number) =>
  expect
    .poll(() => visit.page.locator('.react-flow__node').count(), { timeout: 15_000 })
    .toBe(count);
const nodeOf = (id: string) => visit.page.locator(`.react-flow__node[data-id="${id}"]`);
const task = (name: string, search = '') => `/tasks/shop/sales/${name}${search}`;

describe('the lists of tasks', () => {
  it('show recurring tasks with all that is known, and narrow by what is typed', async () => {
    const { page } = visit;
    await page.getByRole('heading', { name: 'Auto triggered tasks', level: 1 }).waitFor();
    const row = page.getByRole('row', { name: /shop\/sales\/third/ });
    await row.getByText('HTTP call').waitFor();
    await row.getByText(/^2 × 1/).waitFor();
    await row.getByRole('link', { name: '2 / 2' }).waitFor();
    expect(await page.getByRole('row', { name: /shop\/sales\/tidy/ }).count()).toBe(0);

    const filter = page.locator('#content').getByRole('combobox').first();
    await filter.fill('shop/sales/second');
    await filter.press('Enter');
    await page.waitForURL(/text=shop/);
    await row.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /shop\/sales\/second/ }).waitFor();
  });

  it('pause a selection with a result for each, and find it again by the quick filter', async () => {
    const { page, go } = visit;
    await go('/tasks/auto?project=shop&workflow=sales');
    await page.getByRole('checkbox', { name: 'Select shop/sales/second' }).check();
    await page.getByRole('checkbox', { name: 'Select shop/sales/fourth' }).check();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('source is down');
    await dialog.getByRole('button', { name: 'Pause (2)' }).click();
    await dialog.getByText('2 done, 0 skipped, 0 failed').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await page.getByRole('button', { name: 'My paused' }).click();
    await page.waitForURL(/paused=true/);
    await page.getByRole('row', { name: /shop\/sales\/first/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row', { name: /Paused/ }).count()).toBe(2);
  });

  it('change a priority, and tell why a task is left out', async () => {
    const { page, go } = visit;
    await go('/tasks/auto?project=shop&workflow=sales');
    await page.getByRole('checkbox', { name: 'Select shop/sales/first' }).check();
    await page.getByRole('checkbox', { name: 'Select shop/sales/third' }).check();
    await page.locator('#content').getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Change time-out' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('it runs nothing that could time out').waitFor();
    await dialog.getByRole('spinbutton', { name: 'Time-out in seconds' }).fill('90');
    await dialog.getByRole('button', { name: 'Change time-out (1)' }).click();
    await dialog.getByText('1 done').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page
      .getByRole('row', { name: /third/ })
      .getByText(/^1m.* 30s|^1 min,? 30 sec/)
      .waitFor();
  });

  it('N60 run a one-time task once, for yesterday unless another date is chosen', async () => {
    const { page, go } = visit;
    await go('/tasks/manual?project=shop&workflow=sales');
    await page.getByRole('heading', { name: 'One-time tasks', level: 1 }).waitFor();
    await page.getByRole('checkbox', { name: 'Select shop/sales/tidy' }).check();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[value="region"]').waitFor();
    await dialog.getByRole('button', { name: 'Run (1)' }).click();
    await dialog.getByRole('link', { name: /Open the run/ }).click();
    await page.waitForURL(/\/runs\/prod~shop~sales~m\./);
    const run = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    const asked = await stage.call('getRequest', { params: { request: run } });
    const yesterday = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
    expect(asked.bizDate).toBe(yesterday);
    await expect
      .poll(async () => (await stage.call('getRun', { params: { run } })).total, {
        timeout: 20_000,
      })
      .toBe(1);
  });
});

describe('the page of a task', () => {
  it('N46 opens its graph with one level each way and goes further as asked', async () => {
    const { page, go } = visit;
    await go(task('third'));
    await drawn(5);
    await nodeOf('other/marts/mart').getByText('other / marts').waitFor();
    await page.getByRole('slider', { name: 'Levels downstream' }).press('ArrowRight');
    await page.waitForURL(/down=2/);
    await drawn(6);
    // One dashed edge to the cycle before, one to its own.
    const dashed = page.locator('.react-flow__edge path[style*="stroke-dasharray"]');
    expect(await dashed.count()).toBe(2);
  });

  it('highlights the paths of a chosen task and finds by name', async () => {
    const { page, go } = visit;
    await go(task('third', '?up=all&down=all'));
    await drawn(6);
    await nodeOf('shop/sales/fourth').click();
    await expect.poll(() => page.locator('.dag-dim').count()).toBe(2);
    await page.getByRole('searchbox', { name: 'Find a task' }).fill('secon');
    await page.getByText('1 match', { exact: true }).waitFor();
    expect(await page.locator('.dag-found .dag-name').allTextContents()).toContain('second');
  });

  it('offers the operations of a task by right click, and does one', async () => {
    const { page, go } = visit;
    await go(task('third'));
    const node = nodeOf('shop/sales/fourth');
    await node.click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'Operations of fourth' });
    await menu.getByRole('menuitem', { name: 'Resume', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Resume (1)' }).click();
    await dialog.getByText('1 done').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await node.getByText('Paused').waitFor({ state: 'detached' });
  });

  it('N47 lets a task of another project be expanded and its log be opened, nothing else', async () => {
    const { page, go } = visit;
    await go(task('third'));
    const foreign = nodeOf('other/marts/mart');
    await foreign.click({ button: 'right' });
    const items = page.getByRole('menu').getByRole('menuitem');
    expect((await items.allTextContents()).map((text) => text.replace(/\d+/, 'n'))).toEqual([
      'Nothing more upstream',
      'Show n downstream more',
      'Operation log',
    ]);
    await items.nth(1).click();
    await page.waitForURL(/openDown=other/);
    await nodeOf('other/marts/below').waitFor();
    await foreign.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Operation log' }).click();
    await page.waitForURL(/\/tasks\/other\/marts\/mart\?.*tab=log/);
    await page.getByText('Nobody has done anything to this task').waitFor();
  });

  it('N45 lists every operation with operator, time, comment, before and after', async () => {
    const { page, go } = visit;
    await go(task('second', '?tab=log'));
    const row = page.getByRole('row', { name: /Pause/ });
    await row.getByText('source is down', { exact: true }).waitFor();
    await row.getByText('admin').first().waitFor();
    expect(await row.locator('time').count()).toBe(1);
    await go(task('third', '?tab=log'));
    await page
      .getByRole('row', { name: /Change time-out/ })
      .getByText('timeoutSeconds: 90')
      .waitFor();
  });

  it('shows the definition and the runbook as it was written', async () => {
    const { page, go } = visit;
    await go(task('third', '?tab=definition'));
    await page.getByText('<b>Then</b> rerun it.').waitFor();
    await page.getByText('url: https://example.com/x').waitFor();
  });

  it('draws a level of a thousand tasks as one box, which opens', async () => {
    const { page, go } = visit;
    await go('/tasks/shop/wide/root?down=1');
    await page.getByText(/1,001 tasks: levels with many tasks/).waitFor();
    await drawn(2);
    const search = page.getByRole('searchbox', { name: 'Find a task' });
    await search.fill('w777');
    await nodeOf('shop/wide/w777').waitFor();
    await search.fill('');
    await nodeOf('level:1').getByText('1,000 tasks').click();
    await expect
      .poll(() => page.locator('.react-flow__node').count(), { timeout: 15_000 })
      .toBeGreaterThan(10);
  });

  it('keeps people who may not operate from it, with the reason', async () => {
    const other = await visitConsole(browser, stage.host.url, {
      path: task('third'),
      user: 'viewer',
    });
    const pause = other.page.getByRole('button', { name: 'Pause', exact: true });
    await other.page.locator('button[aria-disabled="true"]').first().waitFor();
    await pause.focus();
    await other.page
      .getByRole('tooltip')
      .getByText('you need the role Operator in this project')
      .waitFor();
    await other.close();
  });

  it('made the browser complain about nothing', () => {
    expect(visit.complaints).toEqual([]);
  });
});

describe('tasks from a terminal', () => {
  const json = <T = Record<string, unknown>>(...args: string[]) =>
    cliJson<T>(['tasks', ...args], stage.host.credentialsFile);
  const cli = (...args: string[]) => runCli(['tasks', ...args], stage.host.credentialsFile);
  const third = 'shop/sales/third';

  it('are listed, shown, drawn and changed, and give back what is defined', async () => {
    const rows = await json<{ id: string }[]>('ls', '--project', 'shop', '--text', 'thir');
    expect(rows.map(({ id }) => id)).toEqual([third]);
    expect((await cli('graph', third, '--up', 'all')).stdout).toMatch(/first \(cross-cycle\)/);

    await json('retries', '3', third, '--interval', '120', '--comment', 'flaky');
    await json('dry-run', 'on', third);
    expect(await json('show', third)).toMatchObject({
      ...{ retries: { count: 3, intervalSeconds: 120 }, dryRun: true },
      overridden: ['timeoutSeconds', 'retries', 'dryRun'],
    });
    for (const name of ['retries', 'dry-run', 'timeout']) await json(name, 'default', third);
    expect(await json('show', third)).toMatchObject({ overridden: [], dryRun: false });
    expect((await cli('log', third)).stdout).toMatch(/set-retries +flaky/);
  });

  it('end with a code that says what was wrong', async () => {
    expect((await cli('pause', 'shop/sales')).code).toBe(2);
    expect((await cli('timeout', 'soon', third)).code).toBe(2);
    expect((await cli('pause', 'shop/sales/nobody')).code).toBe(5);
    expect((await cli('resume', third)).code).toBe(6);
    expect((await cli('owner', 'nobody', third)).code).toBe(6);
  });

  it('are tried once with the date and the parameters that were given', async () => {
    const asked = ['--date', '2026-11-01', '--parameter', 'region=eu'];
    const { instance } = await json<{ instance: string }>('test-run', 'shop/sales/first', ...asked);
    expect(instance).toMatch(/^prod~shop~sales~m\.t-[0-9a-f]{12}~20261101~1~first~1$/);
  });
});
