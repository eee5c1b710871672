import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceIdOf } from '../../shared/domain/instance/instance-id.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';
import { cliJson, runCli } from './run-cli.ts';

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;
let bizDate: string;
let alone: string;

/** Yesterday in the zone of the project: the business date that the list shows at first. */
const yesterdayIn = (zone: string): string =>
  plusDays(
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date()),
    -1,
  );

const id = (task: string) =>
  instanceIdOf({
    ...{ env: 'prod', project: 'shop', workflow: 'nightly', task, family: 'recurring' },
    ...{ scope: '', bizDate, cycle: 1, index: 1 },
  });
const statusOf = async (task: string) =>
  (await stage.call('getInstance', { params: { instance: id(task) } })).status;
const until = async (task: string, status: string) => {
  while ((await statusOf(task)) !== status) await sleep(100);
};

/** A night in which a task failed, one is an approval, and more than a page of others wait far below. */
const nightly = {
  workflow: 'nightly',
  owner: 'admin',
  schedule: { every: 'day', at: '00:00' },
  tasks: [
    {
      ...{ name: 'broken', kind: 'http', url: 'http://127.0.0.1:1/', retries: { count: 0 } },
      ...{ tags: ['core'], runbook: 'Call the supplier.' },
    },
    { name: 'clean', kind: 'noop', upstreams: ['broken'] },
    { name: 'load', kind: 'noop', upstreams: ['clean'] },
    { name: 'report', kind: 'noop', upstreams: ['load'] },
    { name: 'decide', kind: 'approval', question: 'Publish the figures?' },
    { name: 'publish', kind: 'noop', upstreams: ['decide', 'report'] },
    ...Array.from({ length: 25 }, (_, n) => ({
      ...{ name: `extra_${n}`, kind: 'noop', upstreams: ['report'], priority: 'LOW' },
    })),
  ],
};

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  const { call } = stage;
  bizDate = yesterdayIn('Asia/Shanghai');
  const single = { workflow: 'single', tasks: [{ name: 'only', kind: 'wait', seconds: 3_600 }] };
  for (const definition of [nightly, single])
    await call('publishWorkflow', {
      params: { project: 'shop', workflow: definition.workflow },
      body: { definition: definition as never, online: true },
    });
  await call('requestGeneration', { params: { project: 'shop' }, body: { bizDate } });
  alone = (
    await call('startWorkflow', { params: { project: 'shop', workflow: 'single' }, body: {} })
  ).run;
  while (
    !(await call('getInstance', { params: { instance: id('broken') } }).catch(() => undefined))
  )
    await sleep(200);
  await until('broken', 'FAILED');
  await until('decide', 'WAIT_TIME');
  visit = await visitConsole(browser, stage.host.url, { path: '/instances?project=shop' });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const open = (task: string, search = '') => visit.go(`/instances/${id(task)}${search}`);
const dialog = () => visit.page.getByRole('dialog');
/** Confirms the dialog that is open and waits for its result. */
const confirm = async (button: string) => {
  await dialog().getByRole('button', { name: button }).click();
  await dialog().getByText('1 done').waitFor();
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await dialog().waitFor({ state: 'detached' });
};
const menu = async (item: string) => {
  await visit.page.getByRole('button', { name: 'Actions', exact: true }).click();
  await visit.page.getByRole('menuitem', { name: item, exact: true }).click();
};

describe('the list of recurring instances', { timeout: 90_000 }, () => {
  it('shows yesterday at first, with what people look for, and filters by the address', async () => {
    const { page, go } = visit;
    await page.getByRole('link', { name: 'broken', exact: true }).waitFor();
    const headers = await page.locator('#content thead th').allTextContents();
    for (const column of [
      ...['Instance', 'Status', 'Cycle', 'Business date', 'Scheduled', 'Started', 'Ended'],
      ...['Duration', 'Attempts', 'Priority', 'Owner', 'Project', 'Resource group', 'Tags'],
    ])
      expect(headers.some((header) => header.includes(column))).toBe(true);
    await go('/instances?project=shop&status=FAILED');
    await page.getByRole('link', { name: 'broken', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'clean', exact: true }).count()).toBe(0);
    await page.getByText('My failed').click();
    await page.waitForURL(/owner=admin/);
    await page.getByRole('link', { name: 'broken', exact: true }).waitFor();
    await go('/instances?project=shop&kind=approval&days=7');
    await page.getByRole('link', { name: 'decide', exact: true }).waitFor();
    await page.getByText('Last 7 days').first().waitFor();
  });

  it('says what an operation leaves out and what is downstream before it is done', async () => {
    const { page, go } = visit;
    await go('/instances?project=shop&status=FAILED,NOT_RUN');
    await page.getByRole('checkbox', { name: `Select ${id('broken')}` }).check();
    await page.getByRole('checkbox', { name: `Select ${id('clean')}` }).check();
    await page.keyboard.press('Shift+R');
    await dialog().getByText('Rerun: confirm').waitFor();
    await dialog()
      .getByText(/1 of 2 left out: Not possible while “Not run”.* \(1\)/)
      .waitFor();
    await dialog()
      .getByText('29 instances downstream: 29 not started, 0 running, 0 ended')
      .waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
  });

  it('has a menu for each row, with the reasons', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Operations on clean 1' }).click();
    expect(
      await page.getByRole('menuitem', { name: /^Set success/ }).getAttribute('aria-disabled'),
    ).toBe('true');
    await page.getByRole('menuitem', { name: 'Diagnose' }).click();
    await page.waitForURL(/~clean~1\?.*tab=diagnosis/);
  });

  it('offers to act on everything that matches once the whole page is selected', async () => {
    const { page, go } = visit;
    await go('/instances?project=shop&workflow=nightly');
    await page.getByRole('link', { name: 'broken', exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
    await page.getByText('All 25 rows of this page are selected.').waitFor();
    await page.getByRole('button', { name: 'Act on all that match the filter' }).click();
    await page.getByText('Operations act on everything that matches the filter').waitFor();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await go('/instances?project=shop&days=15&kind=noop');
    await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
    await page.getByText('25 selected').waitFor();
    expect(
      await page.getByRole('button', { name: 'Act on all that match the filter' }).count(),
    ).toBe(0);
  });
});

describe('the diagnosis', { timeout: 90_000 }, () => {
  it('N64 N65 shows five steps with the one in the way, and where the wait begins, with what clears it', async () => {
    const { page } = visit;
    await open('report', '?tab=diagnosis');
    await page.getByText('It waits for 1 thing').waitFor();
    const steps = page.getByRole('list', { name: 'Way to a start' }).getByRole('listitem');
    expect(await steps.count()).toBe(5);
    expect(await page.locator('[aria-current="step"]').allTextContents()).toEqual(['Upstream']);
    await steps.first().getByText('blocked: somebody must act').waitFor();
    const roots = page.getByRole('table', { name: 'Where the wait begins' });
    await roots.getByRole('link', { name: /nightly · broken/ }).waitFor();
    await roots.getByRole('button', { name: 'Set success · broken' }).click();
    await dialog().getByText('Set success: confirm').waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
  });

  it('says of a failure what it was, how often it was tried and what the runbook says', async () => {
    const { page } = visit;
    await open('broken', '?tab=diagnosis');
    await page.getByText('Automatic retries left').waitFor();
    await page.getByText(/address is not allowed|could not be reached/).waitFor();
    await open('broken');
    await page.getByText('Call the supplier.').waitFor();
  });

  it('N67 has neither diagnosis nor graph for a one-time instance', async () => {
    const { page, go } = visit;
    await go(`/instances/${alone}~only~1?tab=diagnosis`);
    await page.getByRole('tab', { name: 'Details' }).waitFor();
    expect(await page.getByRole('tab', { name: 'Diagnosis' }).count()).toBe(0);
    expect(await page.getByRole('tab', { name: 'Neighbourhood' }).count()).toBe(0);
    await go('/instances/manual?project=shop');
    await page.getByRole('heading', { name: 'One-time instances', level: 1 }).waitFor();
  });

  it('lets a viewer look, and says which role the buttons need', async () => {
    const other = await visitConsole(browser, stage.host.url, {
      path: `/instances/${id('clean')}?tab=diagnosis`,
      user: 'viewer',
    });
    const rerun = other.page.getByRole('button', { name: 'Rerun · broken' });
    await rerun.focus();
    await other.page.getByRole('tooltip').getByText('It needs the role Operator').waitFor();
    await other.close();
  });

  it('is printed by the command line with the commands that would clear it', async () => {
    const env = stage.host.credentialsFile;
    const why = await cliJson<{ blocking: string; roots: object[] }>(['why', id('report')], env);
    expect(why).toMatchObject({
      blocking: 'upstream',
      roots: [
        {
          ...{ instance: id('broken'), state: 'failed', level: 3 },
          commands: expect.arrayContaining([`nightshift instances rerun ${id('broken')}`]),
        },
      ],
    });
    const refused = await runCli(['why', `${alone}~only~1`, '--json'], env);
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([6, 'one-time-instance']);
  });
});

describe('operations on the page of an instance', { timeout: 90_000 }, () => {
  it('hold it with a reason, show who holds it, and lift the hold', async () => {
    const { page } = visit;
    await open('report');
    await menu('Hold');
    const run = dialog().getByRole('button', { name: 'Hold (1)' });
    expect(await run.isDisabled()).toBe(true);
    await dialog().getByRole('textbox', { name: 'Why it is held' }).fill('late file');
    await confirm('Hold (1)');
    await page.getByText('Held by admin: late file').waitFor();
    await page.getByRole('button', { name: 'Lift the hold' }).click();
    await confirm('Lift the hold (1)');
    await page.getByText('Held by admin: late file').waitFor({ state: 'detached' });
  });

  it('offer to undo what nothing has followed from', async () => {
    const { page } = visit;
    await open('report');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await confirm('Pause (1)');
    await page.getByText('“Pause” can be undone').waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await confirm('Undo (1)');
    await page.getByText('“Pause” can be undone').waitFor({ state: 'detached' });
  });

  it('approve what asks for it', async () => {
    const { page } = visit;
    await open('decide');
    await page.getByText('Somebody must decide').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await confirm('Approve (1)');
    await until('decide', 'SUCCESS');
    await page.getByText('Somebody must decide').waitFor({ state: 'detached' });
  });

  it('N40 remove an upstream, and the instance runs without it', async () => {
    const { page } = visit;
    await open('publish');
    await menu('Remove upstream');
    await dialog().getByRole('button', { name: 'Upstreams to remove' }).click();
    await page.getByRole('option', { name: /nightly · report/ }).click();
    await page.keyboard.press('Escape');
    await dialog().getByRole('button', { name: 'Remove upstream (1)' }).click();
    await page.getByText('Remove upstream: done').waitFor();
    await until('publish', 'SUCCESS');
  });

  it('N36 set the failed one to success by hand, and the rest of the night goes on', async () => {
    const { page } = visit;
    await open('broken');
    await page.getByRole('button', { name: 'Set success' }).click();
    await dialog().getByRole('textbox', { name: 'Comment' }).fill('loaded by hand');
    await confirm('Set success (1)');
    await page.getByText('Succeeded · Set by hand').first().waitFor();
    await until('report', 'SUCCESS');
    const undo = await runCli(
      ['instances', 'undo', id('broken'), '--json'],
      stage.host.credentialsFile,
    );
    expect(undo.code).toBe(6);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('loaded by hand').waitFor();
  });

  it('leave no complaint in the browser', () => {
    expect(visit.complaints).toEqual([]);
  });
});
