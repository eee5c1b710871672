import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';
import { putEvent } from './put-event.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

let browser: Browser;
let stage: ConsoleHost;
let visit: Visit;

beforeAll(async () => {
  [browser, stage] = await Promise.all([launchBrowser(), startConsoleHost()]);
  for (const n of [1, 2, 3])
    await putEvent(stage.host, {
      ...{ source: 'acme.lake', type: 'Run Requested' },
      detail: {
        ...{ project: 'shop', workflow: 'cleanup', idempotencyKey: `k${n}` },
        parameters: { apiToken: 'verysecret' },
      },
    });
  await vi.waitFor(
    async () => {
      const { items } = await stage.call('listDeadLetterQueues', {});
      expect(items.find(({ name }) => name === 'received')?.messages).toBe(3);
    },
    { timeout: 30_000, interval: 200 },
  );
  visit = await visitConsole(browser, stage.host.url, { path: '/system/events' });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

describe('events and integrations', () => {
  it('lists what is announced, and shows how to use one; the address says which', async () => {
    const { page } = visit;
    await page.getByRole('link', { name: 'Workflow Run Ended' }).click();
    await page.waitForURL(/find=Workflow/);
    const panel = page.getByRole('region', { name: 'Workflow Run Ended' });
    await panel.getByText('"detail-type": "Workflow Run Ended"').first().waitFor();
    await panel.getByText('eventBus: center.events.bus').waitFor();
    await panel.getByRole('button', { name: 'Copy In CDK' }).waitFor();
  });

  it('lists what is taken', async () => {
    const { page } = visit;
    await page.getByRole('tab', { name: 'Taken' }).click();
    await page.waitForURL(/tab=in/);
    await page.getByRole('link', { name: 'Task Log' }).click();
    await page
      .getByRole('region', { name: 'Task Log' })
      .getByText('grantPutEventsTo')
      .first()
      .waitFor();
  });

  it('shows the dead letters with their reason and without secrets', async () => {
    const { page } = visit;
    await page.getByRole('tab', { name: 'Dead letters' }).click();
    await page.getByRole('link', { name: 'Events taken' }).click();
    await page.waitForURL(/find=received/);
    const table = page.getByRole('table', { name: 'Messages in Events taken' });
    await table.getByText('workflow: cleanup is not online in prod').first().waitFor();
    await table.getByRole('button', { name: 'Show content' }).first().click();
    await table.getByText('"apiToken": "***"').first().waitFor();
    expect(await page.getByText('verysecret').count()).toBe(0);
  });

  it('puts a chosen one again once its cause is gone, and throws another away', async () => {
    const { page } = visit;
    await stage.call('onlineWorkflow', {
      params: { project: 'shop', workflow: 'cleanup' },
      body: {},
    });
    const table = page.getByRole('table', { name: 'Messages in Events taken' });
    await table.getByRole('checkbox').nth(1).click();
    await page.getByRole('button', { name: 'Put again' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Put 1 event again?').waitFor();
    await dialog.getByLabel('Comment').fill('online now');
    await dialog.getByRole('button', { name: 'Put again' }).click();
    await page.getByText('1 message handled').first().waitFor();
    await vi.waitFor(
      async () => {
        const { items } = await stage.call('listRuns', {
          query: { project: 'shop', workflow: 'cleanup' },
        });
        expect(items).toMatchObject([{ startedBy: 'event:acme.lake' }]);
      },
      { timeout: 20_000, interval: 200 },
    );

    await vi.waitFor(async () => expect(await table.getByRole('checkbox').count()).toBe(3));
    await table.getByRole('checkbox').nth(0).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await dialog.getByText('Discard 2 messages?').waitFor();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('This queue is empty.').waitFor();
  });

  it('offers no second delivery where there is none, and says what mends it', async () => {
    const { page, go } = visit;
    await go('/system/events?tab=letters&find=record');
    await page.getByText(/compare the counters of that day with a recount/).waitFor();
    await page.getByText('This queue is empty.').waitFor();
    expect(await page.getByRole('button', { name: 'Put again' }).count()).toBe(0);
  });

  it('tells others that dead letters are for administrators', async () => {
    const other = await visitConsole(browser, stage.host.url, {
      ...{ path: '/system/events?tab=letters', user: 'operator' },
    });
    await other.page.getByText(/Only administrators of the installation/).waitFor();
    await other.close();
  });

  it('reads in Chinese, on a narrow screen, and without findings of axe', async () => {
    const narrow = await visitConsole(browser, stage.host.url, {
      ...{ path: '/system/events', viewport: { width: 414, height: 800 } },
      preferences: { language: 'zh-CN', theme: 'dark', navigationOpen: false },
    });
    await narrow.page.getByRole('heading', { name: '事件与集成', level: 1 }).waitFor();
    const wide = await narrow.page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(wide).toBe(false);
    await narrow.close();

    for (const path of ['/system/events?find=Task+Log&tab=in', '/system/events?tab=letters']) {
      await visit.go(path);
      await visit.page.evaluate(axeSource);
      const found = (await visit.page.evaluate(
        'axe.run("#content").then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ")).join(", ")))',
      )) as string[];
      expect(found).toEqual([]);
    }
    expect(visit.complaints).toEqual([]);
  });
});
