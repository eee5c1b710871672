import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { announceWith, eventBusClient } from '../channels/event-bus.ts';
import { postJsonWith } from '../channels/post-json.ts';
import { sendByKind } from '../channels/send-by-kind.ts';
import { sesClient, sesQuota } from '../channels/ses.ts';
import { snsClient } from '../channels/sms.ts';
import { voiceClient } from '../channels/voice.ts';
import { logFailure } from '../edge/host-log.ts';
import { systemClock } from '../edge/system-clock.ts';
import { catalogStore } from '../stores/catalog-store.ts';
import { documentClient } from '../stores/clients.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { ledgerStore } from '../stores/ledger-store.ts';
import type { FoldDeps, SweepDeps } from './notify-deps.ts';
import type { TellDeps } from './tell-deps.ts';

/** What both entries that send read of their environment. */
export const notifyConfig = z.object({
  CATALOG_TABLE: z.string(),
  INSTANCES_TABLE: z.string(),
  LEDGER_TABLE: z.string(),
  BUS_NAME: z.string(),
  CONSOLE_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  MAIL_REPORTS: z.string().optional(),
  SMS: z.literal('on').optional(),
  VOICE_FROM: z.string().optional(),
});

/** Stores, channels and the clock of this process, for turning occurrences into messages and for sending them. */
export const notifyWiring = (
  config: z.infer<typeof notifyConfig>,
): { readonly tell: TellDeps; readonly send: SweepDeps & FoldDeps } => {
  const client = documentClient();
  const ledger = ledgerStore({ client, table: config.LEDGER_TABLE });
  const ses = sesClient();
  const catalog = catalogStore({ client, table: config.CATALOG_TABLE });
  const mail =
    config.MAIL_FROM === undefined
      ? undefined
      : { from: config.MAIL_FROM, configurationSet: config.MAIL_REPORTS };
  return {
    tell: {
      ...ledger.outbox,
      catalog,
      instances: instanceStore({ client, table: config.INSTANCES_TABLE }),
      ledger,
      announce: announceWith(eventBusClient(), config.BUS_NAME),
      clock: systemClock,
      consoleUrl: config.CONSOLE_URL?.replace(/\/$/, ''),
    },
    send: {
      ...ledger.outbox,
      channels: sendByKind({
        ...{ ses, mail, sms: config.SMS && { client: snsClient() } },
        voice: config.VOICE_FROM ? { client: voiceClient(), from: config.VOICE_FROM } : undefined,
        rooms: { catalog, post: postJsonWith(), clock: systemClock },
      }),
      quotas: mail ? { mail: sesQuota(ses, systemClock) } : {},
      clock: systemClock,
      sleep: (ms) => sleep(ms),
      report: logFailure,
    },
  };
};
