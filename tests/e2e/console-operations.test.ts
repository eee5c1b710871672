import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceIdOf } from '../../shared/domain/instance/instance-id.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;
const bizDate = '2099-01-01';

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  visit = await visitConsole(browser, stage.host.url, { path: '/operations' });
});

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** Findings of axe: WCAG 2.2 A and AA and its best practices. */
const findingsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Finding = { id: string; nodes: { html: string }[] };
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Finding[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
};

const generate = async (day: string): Promise<void> => {
  const { id: request } = await stage.call('requestGeneration', {
    params: { project: 'shop' },
    body: { bizDate: day },
  });
  while ((await stage.call('getRequest', { params: { request } })).status === 'REQUESTED')
    await sleep(200);
};

/** Sixty instances that wait for a day to come. */
const sixty = async () => {
  const tasks = Array.from({ length: 60 }, (_, n) => ({ name: `t${n}`, kind: 'noop' }));
  await stage.call('publishWorkflow', {
    params: { project: 'shop', workflow: 'many' },
    body: { definition: { workflow: 'many', schedule: { every: 'day', at: '12:00' }, tasks } },
  });
  await generate(bizDate);
};

/** A recurring instance that has ended, with one below that has, too. */
const extracted = async (): Promise<string> => {
  const past = plusDays(new Date().toISOString().slice(0, 10), -3);
  await generate(past);
  const ref = { env: 'prod', project: 'shop', workflow: 'orders', family: 'recurring' } as const;
  const place = { ...ref, scope: '', bizDate: past, cycle: 1, index: 1 };
  const transform = instanceIdOf({ ...place, task: 'transform' });
  const look = () => stage.call('getInstance', { params: { instance: transform } });
  while ((await look()).status !== 'SUCCESS') await sleep(200);
  return instanceIdOf({ ...place, task: 'extract' });
};

const planned = async (op: 'pause' | 'resume') => {
  const { id } = await stage.call('planOperation', {
    body: {
      ...{ op, comment: 'maintenance' },
      filter: { projects: ['shop'], workflow: 'many', bizDate: { from: bizDate, to: bizDate } },
    },
  });
  const params = { operation: id };
  while ((await stage.call('getOperation', { params })).status === 'PLANNING') await sleep(200);
  return id;
};

describe('bulk operations in the console', () => {
  it('say what to do while there is none', async () => {
    const { page } = visit;
    await page.getByText('Nobody has operated on many instances yet').waitFor();
    expect(await findingsOf(page)).toEqual([]);
  });

  it('are planned for all that match a filter, and begin only once the number is typed', async () => {
    await sixty();
    const { page, go } = visit;
    await go(`/instances?project=shop&workflow=many&bizDate=${bizDate}`);
    await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
    await page.getByRole('button', { name: 'Act on all that match the filter' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();

    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('maintenance');
    await dialog.getByRole('button', { name: 'Show the plan' }).click();
    await dialog.getByText('60 instances in one step').waitFor();
    await dialog.getByText('shop/many').first().waitFor();
    expect(await findingsOf(page)).toEqual([]);
    const confirm = dialog.getByRole('button', { name: 'Pause (60)' });
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('textbox', { name: 'Type 60 to confirm' }).fill('61');
    await dialog.getByText('That is not the number').waitFor();
    await dialog.getByRole('textbox', { name: 'Type 60 to confirm' }).fill('60');
    await confirm.click();

    await page.waitForURL(/\/operations\/op-/);
    await page.getByText('60 of 60').waitFor();
    expect(await findingsOf(page)).toEqual([]);
  });

  it('take back what was done, and keep both in the list with their results', async () => {
    const { page, go } = visit;
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('heading', { name: /^Undo: op-/ }).waitFor();
    await page.getByRole('textbox', { name: 'Type 60 to confirm' }).fill('60');
    await page.getByRole('button', { name: 'Undo (60)' }).click();
    await page.getByText('60 of 60').waitFor();
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.waitForURL(/result=succeeded/);
    await page.getByRole('link', { name: 't0 · 1' }).waitFor();
    await go('/operations');
    await page.getByRole('link', { name: /^Undo · op-/ }).waitFor();
    await page.getByRole('link', { name: /^Pause · op-/ }).waitFor();
    expect(await findingsOf(page)).toEqual([]);
  });

  it('rerun what is downstream: ticked by level, planned, in order', async () => {
    const { page, go } = visit;
    await go(`/instances/${await extracted()}`);
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Rerun downstream' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Ticked ones/ }).check();
    await dialog.getByText('1 level below').waitFor();
    await dialog.getByRole('checkbox', { name: /transform/ }).check();
    expect(await findingsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Show the plan' }).click();
    await dialog.getByText('2 instances in 2 steps, in order of dependency').waitFor();
    await dialog.getByRole('button', { name: 'Rerun downstream (2)' }).click();
    await page.waitForURL(/\/operations\/op-/);
    await page.getByText('2 of 2').waitFor();
    await page.getByRole('link', { name: 'extract · 1' }).waitFor();
  });

  it('let nobody confirm what somebody else planned, and abort it', async () => {
    const { page, go } = visit;
    const id = await planned('pause');
    await go(`/operations/${id}`);
    await page.getByText('60 instances in one step').waitFor();
    const confirm = page.getByRole('button', { name: 'Pause (60)' });
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Abort', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Comment' }).fill('not today');
    await dialog.getByRole('button', { name: 'Abort', exact: true }).click();
    await page.getByText('aborted by admin: not today').waitFor();
  });

  it('complain about nothing in the browser', () => {
    expect(visit.complaints).toEqual([]);
  });
});
