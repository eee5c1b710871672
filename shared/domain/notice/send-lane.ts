import * as z from 'zod';
import { plusSeconds, secondsBetween } from '../kernel/calendar-day.ts';
import { Instant } from '../kernel/time.schema.ts';
import type { ChannelKind } from './channel.schema.ts';
import type { DeliveryHead } from './notice.schema.ts';

/** What a provider lets through; -1 a day is no limit. */
export const SendQuota = z.object({
  perSecond: z.number().positive(),
  perDay: z.number(),
  sent: z.number().min(0).meta({ description: 'in the 24 hours before it was read' }),
  readAt: Instant,
});
export type SendQuota = z.infer<typeof SendQuota>;

/**
 * What may be sent now by one lane: a token bucket that all senders share, what the provider lets through, and how long it
 * is left alone after it refused.
 */
export const SendLane = z.object({
  tokens: z.number().min(0),
  at: Instant.meta({ description: 'as of when there are so many tokens' }),
  taken: z.int().min(0).meta({ description: 'since the quota was read' }),
  quota: SendQuota.optional(),
  failures: z.int().min(0).meta({ description: 'in a row' }),
  coolUntil: Instant.optional(),
  problem: z.string().optional().meta({ description: 'what the provider said last' }),
  from: z.string().optional().meta({ description: 'sender of mails' }),
  seq: z.int().min(1),
});
export type SendLane = z.infer<typeof SendLane>;

/** Providers of people have one lane each; every room has its own, so that a broken one slows nobody else. */
export const laneOf = ({ channel, to }: Pick<DeliveryHead, 'channel' | 'to'>): string =>
  channel === 'mail' || channel === 'sms' || channel === 'voice' ? channel : `${channel}:${to}`;

/** Where no provider tells: DingTalk and WeCom allow 20 messages a minute to a robot, Slack one a second. */
const assumedPerSecond: Readonly<Record<ChannelKind, number>> = {
  mail: 1,
  sms: 10,
  voice: 1,
  dingtalk: 20 / 60,
  wecom: 20 / 60,
  feishu: 1,
  slack: 1,
  teams: 1,
  webhook: 10,
};

/** A mail quota that cannot be read is taken for that of the sandbox. */
export const assumedQuota = (channel: ChannelKind, now: Instant): SendQuota => ({
  perSecond: assumedPerSecond[channel],
  perDay: channel === 'mail' ? 200 : -1,
  sent: 0,
  readAt: now,
});

/** The quota of the SES sandbox; SES says so nowhere else in this API. */
export const isSandbox = ({ perSecond, perDay }: SendQuota): boolean =>
  perDay === 200 && perSecond === 1;

const quotaSeconds = 300;

export const isQuotaOld = (lane: SendLane | undefined, now: Instant): boolean =>
  lane?.quota === undefined || secondsBetween(lane.quota.readAt, now) >= quotaSeconds;

/** `wait`: ask again then. `quota`: no more today; the quota is read again then. */
export type Grant =
  | { readonly granted: number }
  | { readonly granted: 0; readonly why: 'wait' | 'quota'; readonly until: Instant };

const longestCoolSeconds = 60;

/** Tokens are waited for by quarters of a second: asking for each one would write the lane once a mail. */
const handful = (perSecond: number): number => Math.max(1, Math.floor(perSecond / 4));

/** Takes up to `want` tokens. The lane after it is to be written where nobody else wrote meanwhile. */
export const takeTokens = (
  lane: SendLane | undefined,
  want: number,
  now: Instant,
  fresh: SendQuota,
): { readonly grant: Grant; readonly lane: SendLane } => {
  const read = lane?.quota?.readAt === fresh.readAt ? lane : undefined;
  const { perSecond, perDay, sent } = fresh;
  const burst = Math.max(1, perSecond);
  // A clock that lags behind the last writer's gains nothing.
  const at = lane !== undefined && lane.at > now ? lane.at : now;
  const tokens = lane
    ? Math.min(burst, lane.tokens + secondsBetween(lane.at, at) * perSecond)
    : burst;
  const taken = read?.taken ?? 0;
  const next: SendLane = {
    failures: 0,
    ...lane,
    quota: fresh,
    tokens,
    at,
    taken,
    seq: (lane?.seq ?? 0) + 1,
  };

  if (lane?.coolUntil !== undefined && lane.coolUntil > now)
    return { grant: { granted: 0, why: 'wait', until: lane.coolUntil }, lane: next };
  const left = perDay < 0 ? want : Math.max(0, Math.floor(perDay - sent - taken));
  if (left === 0)
    return {
      grant: { granted: 0, why: 'quota', until: plusSeconds(fresh.readAt, quotaSeconds) },
      lane: next,
    };
  // Tokens are fractions of a second: what is missing by a rounding error is there.
  const granted = Math.min(want, left, Math.floor(tokens + 1e-6));
  if (granted === 0)
    return {
      grant: {
        granted: 0,
        why: 'wait',
        until: plusSeconds(now, (Math.min(want, handful(perSecond)) - tokens) / perSecond),
      },
      lane: next,
    };
  return {
    grant: { granted },
    lane: { ...next, tokens: Math.max(0, tokens - granted), taken: taken + granted },
  };
};

/** The provider refused for now: it is left alone for 1 s, doubling to a minute, by everybody. */
export const cooled = (lane: SendLane, now: Instant, problem: string): SendLane => ({
  ...lane,
  failures: lane.failures + 1,
  coolUntil: plusSeconds(now, Math.min(longestCoolSeconds, 2 ** lane.failures)),
  tokens: 0,
  problem,
  seq: lane.seq + 1,
});

/** It accepts again. */
export const warmed = ({ coolUntil, problem, ...lane }: SendLane): SendLane => ({
  ...lane,
  failures: 0,
  seq: lane.seq + 1,
});

/** It said that the day is used up, whatever was counted here. */
export const usedUp = (lane: SendLane): SendLane => ({
  ...lane,
  taken: lane.quota ? Math.max(lane.taken, Math.ceil(lane.quota.perDay - lane.quota.sent)) : 0,
  seq: lane.seq + 1,
});
