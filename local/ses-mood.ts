import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { HostClock } from './clock.ts';
import { readBody, sendJson } from './http-io.ts';
import type { StateStore } from './state-store.ts';

/** How the stand-in for SES behaves; kept with the state, so that a killed host comes back in the same mood. */
const Settings = z.strictObject({
  perSecond: z.number().positive().default(14),
  perDay: z.int().min(1).default(50_000),
  throttledUntil: z.number().default(0).meta({ description: 'epoch milliseconds, host clock' }),
  down: z.boolean().default(false),
  loseReplies: z.int().min(0).default(0),
  dieAfter: z.int().min(0).default(0),
});
type Settings = z.infer<typeof Settings>;

const Wish = z
  .strictObject({
    perSecond: z.number().positive(),
    perDay: z.int().min(1),
    throttleSeconds: z.number().min(0),
    down: z.boolean(),
    loseReplies: z.int().min(0).meta({ description: 'so many mails are accepted without a reply' }),
    dieAfter: z.int().min(0).meta({ description: 'the host is killed after so many mails' }),
  })
  .partial();

type Refusal = { readonly code: string; readonly message: string };

export type SesMood = {
  settings(): Settings;
  /** Why a mail is not accepted now; counts one that is towards the rate. */
  refusalOf(sentToday: number): Refusal | undefined;
  /** Whether the reply to a mail that was just accepted gets lost. May end the process. */
  losesReply(): boolean;
  /** `GET`/`POST /_local/ses`. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

const note = 'ses';

export const sesMood = (store: StateStore, clock: HostClock): SesMood => {
  let settings = Settings.parse(JSON.parse(store.note(note) ?? '{}'));
  let window = { second: 0, sent: 0 };
  const set = (changes: Partial<Settings>): void => {
    settings = { ...settings, ...changes };
    store.setNote(note, JSON.stringify(settings));
  };

  return {
    settings: () => settings,

    refusalOf(sentToday) {
      const now = clock.now();
      if (settings.down) return { code: 'ServiceUnavailable', message: 'out of order' };
      if (now < settings.throttledUntil)
        return { code: 'Throttling', message: 'Maximum sending rate exceeded.' };
      if (sentToday >= settings.perDay)
        return { code: 'Throttling', message: 'Daily message quota exceeded.' };
      // SES bears short bursts: only twice the rate within a second is too much.
      const second = Math.floor(now / 1000);
      window = second === window.second ? window : { second, sent: 0 };
      if (window.sent >= Math.max(1, 2 * settings.perSecond))
        return { code: 'Throttling', message: 'Maximum sending rate exceeded.' };
      window.sent += 1;
      return undefined;
    },

    losesReply() {
      if (settings.dieAfter > 0) {
        set({ dieAfter: settings.dieAfter - 1 });
        if (settings.dieAfter === 0) process.kill(process.pid, 'SIGKILL');
      }
      if (settings.loseReplies === 0) return false;
      set({ loseReplies: settings.loseReplies - 1 });
      return true;
    },

    async serve(request, response) {
      if (request.method === 'POST') {
        const wish = Wish.safeParse(parsed((await readBody(request)).toString('utf8')));
        if (!wish.success) return sendJson(response, 400, { message: z.prettifyError(wish.error) });
        const { throttleSeconds, ...changes } = wish.data;
        set({
          ...changes,
          ...(throttleSeconds !== undefined && {
            throttledUntil: clock.now() + throttleSeconds * 1000,
          }),
        });
      } else if (request.method !== 'GET')
        return sendJson(response, 405, { message: 'GET or POST' }, { allow: 'GET, POST' });
      sendJson(response, 200, settings);
    },
  };
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
