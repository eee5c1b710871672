import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { type EventOut, eventSource, eventsOut } from '../../shared/contracts/events/event-out.ts';
import type { EventAgain } from '../../shared/domain/dead-letter/event-of-letter.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';

/** PutEvents takes no more at once. */
const perCall = 10;

export const eventBusClient = (): EventBridgeClient => new EventBridgeClient({ maxAttempts: 5 });

/**
 * Puts events on the bus, each parsed by its schema first. Some refused: Fault 'ChannelThrottled', and the caller tries
 * again with the same ids.
 */
export const announceWith =
  (client: EventBridgeClient, bus: string) =>
  async (events: readonly EventOut[]): Promise<void> => {
    const entries = events.map(
      ({ type, detail }): PutEventsRequestEntry => ({
        EventBusName: bus,
        Source: eventSource,
        DetailType: type,
        Detail: JSON.stringify(eventsOut[type].parse(detail)),
        Time: new Date(detail.at),
      }),
    );
    for (let from = 0; from < entries.length; from += perCall) {
      const answer = await client.send(
        new PutEventsCommand({ Entries: entries.slice(from, from + perCall) }),
      );
      if (answer.FailedEntryCount)
        throw new Fault('ChannelThrottled', 'events not accepted by the bus', {
          failed: answer.FailedEntryCount,
        });
    }
  };

/** Puts an event of anybody on the bus once more, as it was said first. */
export const putAgainOn =
  (client: EventBridgeClient, bus: string) =>
  async ({ source, type, detail, time }: EventAgain): Promise<void> => {
    const answer = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: bus,
            Source: source,
            DetailType: type,
            Detail: JSON.stringify(detail),
            ...(time ? { Time: new Date(time) } : {}),
          },
        ],
      }),
    );
    if (answer.FailedEntryCount)
      throw new Fault('ChannelThrottled', 'event not accepted by the bus', { failed: 1 });
  };
