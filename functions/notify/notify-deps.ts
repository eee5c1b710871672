import type { ChannelKind } from '../../shared/domain/notice/channel.schema.ts';
import type { SendQuota } from '../../shared/domain/notice/send-lane.ts';
import type { SendChannels } from '../channels/send-channel.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { Deliveries } from '../stores/deliveries.ts';
import type { Due } from '../stores/due.ts';
import type { Notices } from '../stores/notices.ts';
import type { SendLanes } from '../stores/send-lanes.ts';
import type { Suppressions } from '../stores/suppressions.ts';

/** What sending needs. */
export type SendDeps = {
  readonly deliveries: Deliveries;
  readonly lanes: SendLanes;
  readonly suppressions: Suppressions;
  readonly channels: SendChannels;
  /** What a provider lets through; a channel whose provider tells nothing is missing. Throws when it cannot be asked. */
  readonly quotas: Readonly<Partial<Record<ChannelKind, () => Promise<SendQuota>>>>;
  readonly clock: Clock;
  /** Waits; tests let virtual time pass instead. */
  readonly sleep: (ms: number) => Promise<void>;
  /** What went wrong and is tried again by the sweep. */
  readonly report: (
    what: string,
    error: unknown,
    facts: Readonly<Record<string, string | number | undefined>>,
  ) => void;
};

export type FoldDeps = { readonly deliveries: Deliveries; readonly notices: Notices };

export type SweepDeps = SendDeps & { readonly due: Due };

/** Milliseconds in which a send may still begin; what is not sent then waits for the sweep. */
export type TimeLeft = () => number;
