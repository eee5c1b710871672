import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';
import { type Visit, visitConsole } from './console-visit.ts';

let browser: Browser;
let served: ConsoleHost;
let visit: Visit;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), startConsoleHost()]);
  visit = await visitConsole(browser, served.host.url, { path: '/backfills?project=shop' });
}, 180_000);
afterAll(async () => {
  expect(visit.complaints).toEqual([]);
  await visit.close();
  await browser.close();
  await served.stop();
}, 60_000);

const shot = async (name: string) => {
  const folder = process.env.NIGHTSHIFT_SHOTS;
  if (folder)
    await visit.page.screenshot({ path: `${folder}/backfills-${name}.png`, fullPage: true });
};

describe('backfills in the console', () => {
  it('say what to do next while there are none', async () => {
    await visit.page.getByText('No backfill was submitted').waitFor();
    await shot('empty');
  });

  it('N48 N49 N50 show exactly what would run before anything is submitted, and name a wrong field', async () => {
    const { page } = visit;
    await visit.follow('/backfills/new?project=shop&root=shop/orders/extract');
    await page.getByLabel('Groups side by side').fill('13');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Some fields need another value').waitFor();
    await page.getByText('must be 1 to 12').waitFor();
    await shot('wrong');

    await page.getByLabel('Groups side by side').fill('2');
    await page.getByLabel('First date of range 1').first().fill('2026/11/01');
    await page.getByLabel('Last date of range 1').first().fill('2026/11/03');
    await page.getByRole('radio', { name: 'Some levels' }).check();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Group 2:').waitFor();
    // Three dates of extract and transform, which stands one level below it.
    expect(await page.locator('#content').textContent()).toContain('Instances6');
    await shot('preview');
  });

  it('are submitted once and lead to their matrix of tasks and dates', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Submit', exact: true }).dblclick();
    await page.getByRole('table', { name: 'Tasks by date' }).waitFor();
    const { items } = await served.call('listBackfills', { query: { project: 'shop' } });
    expect(items).toHaveLength(1);
    const place = { project: 'shop', backfill: items[0]?.id ?? '' };
    await expect
      .poll(async () => (await served.call('getBackfill', { params: place })).status, {
        timeout: 30_000,
      })
      .toBe('SUCCESS');
    await visit.go(new URL(page.url()).pathname);
    await page.getByText('6 of 6', { exact: true }).waitFor();
    await page
      .getByRole('link', { name: /shop\/orders\/extract.*Succeeded/ })
      .first()
      .waitFor();
    await shot('matrix');
    await page
      .getByRole('link', { name: /shop\/orders\/extract.*Succeeded/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /extract/ }).waitFor();
  });

  it('stand in the list with their dates and progress', async () => {
    const { page } = visit;
    await visit.follow('/backfills?project=shop');
    await page.getByText('3 dates').waitFor();
    await shot('list');
  });

  it('N58 that wait for a person stand under “To be submitted” and can be submitted there', async () => {
    const { page } = visit;
    await served.call('createBackfill', {
      params: { project: 'shop' },
      body: {
        name: 'by hand',
        selection: { roots: ['shop/orders/extract'] },
        dates: { ranges: [{ from: '2026-11-05', to: '2026-11-05' }] },
        when: { kind: 'manual' },
      },
    });
    await visit.follow('/backfills?project=shop&tab=pending');
    await page.getByRole('link', { name: 'by hand' }).waitFor();
    await shot('pending');
    await page.getByRole('button', { name: 'Actions for by hand' }).click();
    await page.getByRole('menuitem', { name: 'Submit now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Submit now' }).click();
    const submitted = () =>
      served.call('listBackfills', { query: { project: 'shop', state: 'submitted' } });
    await expect.poll(async () => (await submitted()).items.length).toBe(2);
  });

  it('stay usable on a small screen, in the dark and in Chinese', async () => {
    const small = await visitConsole(browser, served.host.url, {
      path: '/backfills?project=shop',
      viewport: { width: 414, height: 896 },
      preferences: { theme: 'dark', language: 'zh-CN' },
    });
    await small.page.getByText('补数据', { exact: true }).first().waitFor();
    const folder = process.env.NIGHTSHIFT_SHOTS;
    if (folder)
      await small.page.screenshot({ path: `${folder}/backfills-small.png`, fullPage: true });
    await small.go('/backfills/new');
    if (folder)
      await small.page.screenshot({ path: `${folder}/backfills-small-new.png`, fullPage: true });
    expect(small.complaints).toEqual([]);
    await small.close();
  });
});
