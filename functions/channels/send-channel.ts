import type { ChannelKind } from '../../shared/domain/notice/channel.schema.ts';
import type { Delivery } from '../../shared/domain/notice/notice.schema.ts';

/** What a provider answered; `messageId` is what its later reports (bounces) name. */
export type Sent = { readonly messageId?: string | undefined };

/**
 * Sends a delivery once, without repeating by itself: whoever calls has written down that it is about to. Throws
 *
 * - Fault 'ChannelThrottled': it was not accepted and may be later (throttled, provider down, connection refused);
 * - Fault 'ChannelRefused': it was not accepted and never will be; the message is for people, the fact `reason` is one
 *   of the reasons of a delivery (default `provider-refused`);
 * - Fault 'ChannelUnsure', or anything else: nobody knows whether it was accepted (the reply was lost).
 */
export type SendChannel = (delivery: Delivery) => Promise<Sent>;

/** Channels that this deployment can send by. One that is missing is off. */
export type SendChannels = Readonly<Partial<Record<ChannelKind, SendChannel>>>;
