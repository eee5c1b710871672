import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Arguments of the package that only AWS Lambda needs: in one process, closing a window ends the browser. */
const forLambda = new Set(['--single-process', '--no-zygote']);

/** A headless Chromium: the machine's own when there is one, else the one that comes as an npm package. */
export const launchBrowser = async (): Promise<Browser> => {
  const own = installed.find((path) => existsSync(path));
  if (own) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });

  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: packed.args.filter((arg) => !forLambda.has(arg)),
  });
};
