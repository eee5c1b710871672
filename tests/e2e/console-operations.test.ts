import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';

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

/** Sixty instances that wait for a day to come. */
const sixty = async () => {
  const tasks = Array.from({ length: 60 }, (_, n) => ({ name: `t${n}`, kind: 'noop' }));
  await stage.call('publishWorkflow', {
    params: { project: 'shop', workflow: 'many' },
    body: { definition: { workflow: 'many', schedule: { every: 'day', at: '12:00' }, tasks } },
  });
  const { id: request } = await stage.call('requestGeneration', {
    params: { project: 'shop' },
    body: { bizDate },
  });
  while ((await stage.call('getRequest', { params: { request } })).status === 'REQUESTED')
    await sleep(200);
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
    expect(await axeFindings(page)).toEqual([]);
  });

  it('show the plan, and begin only when whoever planned it has typed the number', async () => {
    await sixty();
    const mine = await visit.page.evaluate(async (date) => {
      const kept = Object.values(sessionStorage).concat(Object.values(localStorage)).join('');
      const token = /"access_token":"([^"]+)"/.exec(kept)?.[1];
      const answer = await fetch('/api/operations', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'one',
        },
        body: JSON.stringify({
          op: 'pause',
          comment: 'maintenance',
          filter: { projects: ['shop'], workflow: 'many', bizDate: { from: date, to: date } },
        }),
      });
      return ((await answer.json()) as { id: string }).id;
    }, bizDate);
    const { page, go } = visit;
    await go(`/operations/${mine}`);
    await page.getByText('60 instances in 1 step').waitFor();
    await page.getByText('shop/many').first().waitFor();
    const confirm = page.getByRole('button', { name: 'Pause (60)' });
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('textbox', { name: 'Type 60 to confirm' }).fill('60');
    await confirm.click();
    await page.getByText('60 of 60').waitFor();
    await page.getByText('Done').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
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
    expect(await axeFindings(page)).toEqual([]);
  });

  it('let nobody confirm what somebody else planned, and abort it', async () => {
    const { page, go } = visit;
    const id = await planned('pause');
    await go(`/operations/${id}`);
    await page.getByText('60 instances in 1 step').waitFor();
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
