import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../tests/e2e/browser.ts';
import { visitConsole } from '../tests/e2e/console-visit.ts';

const usage = `node scripts/screenshots.ts FOLDER [options]

Takes a picture of each page of a console that runs already (npm start), to look at by hand. Chinese needs a font that has
it on this machine.

  --url URL            the local host (default http://127.0.0.1:4300)
  --themes LIST        light,dark (default: both)
  --widths LIST        window widths in pixels (default 1440,414)
  --languages LIST     en,zh-CN (default: both)
  --only TEXT          pages whose path holds this text (may be repeated)
  --failing            the API answers 503 to everything
  --name TEXT          begins the names of the files, e.g. empty (default: full, or failing)`;

/** Pages without parameters, as in the navigation. A new page is added here. */
const fixed = [
  ...['/', '/handover', '/workflows', '/tasks/auto', '/tasks/manual', '/runs', '/schedule'],
  ...['/schedule/workflow', '/ledger', '/instances', '/instances/manual', '/backfills'],
  ...['/backfills/new', '/operations', '/holds', '/simulation', '/audit'],
  ...['/system/throttling', '/system/pools', '/system/runtime', '/system/calendars'],
  ...['/logs', '/monitoring', '/incidents', '/alerts/events', '/alerts/rules', '/alerts/pushes'],
  ...['/notifications/rules', '/notifications/sent'],
  ...['/system/contacts', '/system/rooms', '/system/templates', '/system/duty', '/system/events'],
  ...['/system/access', '/system/health', '/act', '/nowhere'],
];

/** Pages of one object: the first that a list links to. */
const found: readonly { readonly list: string; readonly link: RegExp }[] = [
  { list: '/workflows', link: /^\/workflows\/[^/]+\/[^/?]+/ },
  { list: '/tasks/auto', link: /^\/tasks\/[^/]+\/[^/]+\/[^/?]+/ },
  { list: '/runs', link: /^\/runs\/[^/?]+/ },
  { list: '/instances', link: /^\/instances\/[^/?]*~[^/?]+/ },
  { list: '/schedule/workflow', link: /^\/schedule\/[^/]+\/(?!workflow)[^/?]+/ },
  { list: '/backfills', link: /^\/backfills\/[^/]+\/[^/?]+/ },
  { list: '/operations', link: /^\/operations\/[^/?]+/ },
  { list: '/incidents', link: /^\/incidents\/[^/?]+/ },
];

const linkOn = async (page: Page, pattern: RegExp): Promise<string | undefined> => {
  const links = await page
    .locator('#content a')
    .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
  return links.find((href) => pattern.test(href));
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4300' },
    themes: { type: 'string', default: 'light,dark' },
    widths: { type: 'string', default: '1440,414' },
    languages: { type: 'string', default: 'en,zh-CN' },
    only: { type: 'string', multiple: true, default: [] },
    failing: { type: 'boolean', default: false },
    name: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (values.help || folder === undefined) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const listOf = (text: string): readonly string[] => text.split(',').filter((each) => each !== '');
const name = values.name ?? (values.failing ? 'failing' : 'full');
const isWanted = (path: string) =>
  values.only.length === 0 || values.only.some((text) => path.includes(text));

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
let taken = 0;
try {
  for (const theme of listOf(values.themes))
    for (const width of listOf(values.widths))
      for (const language of listOf(values.languages)) {
        const visit = await visitConsole(browser, values.url, {
          viewport: { width: Number(width), height: 900 },
          locale: language === 'en' ? 'en-US' : 'zh-CN',
          preferences: { theme, language, navigationOpen: Number(width) > 800 },
        });
        const { page } = visit;
        const paths = [...fixed];
        for (const { list, link } of found) {
          await visit.go(list);
          await page.waitForLoadState('networkidle').catch(() => {});
          const path = await linkOn(page, link);
          if (path) paths.push(path);
        }
        if (values.failing)
          await page.route('**/api/**', (route) =>
            route.fulfill({
              status: 503,
              contentType: 'application/problem+json',
              body: '{"type":"urn:nightshift:problem:too-busy","status":503,"requestId":"picture","code":"too-busy","title":"Too busy","detail":"the store is busy; try again in a moment"}',
            }),
          );
        for (const path of paths.filter(isWanted)) {
          await page.goto(`${values.url}${path}`).catch(() => {});
          await page.waitForLoadState('networkidle', { timeout: 8_000 }).catch(() => {});
          await page.waitForTimeout(600);
          const file = `${path === '/' ? 'home' : path.slice(1).replace(/[^\w-]+/g, '_')}`.slice(
            0,
            60,
          );
          await page.screenshot({
            path: join(folder, `${file}.${name}.${theme}.${width}.${language}.png`),
            fullPage: true,
          });
          taken += 1;
        }
        for (const complaint of new Set(visit.complaints))
          if (!values.failing) console.log(`${theme} ${width} ${language}: ${complaint}`);
        await visit.close();
      }
} finally {
  await browser.close();
}
console.log(`${taken} pictures in ${folder}`);
