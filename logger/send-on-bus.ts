/** An event that a task puts on the bus of Nightshift. */
export type TaskEvent = {
  readonly type: 'Task Log' | 'Task Progress' | 'Task Result';
  readonly detail: Readonly<Record<string, unknown>>;
};

export type Send = (event: TaskEvent) => Promise<void>;

/**
 * Sends by EventBridge, whose client the Lambda runtime brings; it is loaded with the first event. Throws when the bus
 * does not take the event.
 */
export const sendOnBus = (bus: string, source: string): Send => {
  const opened = import('@aws-sdk/client-eventbridge').then((sdk) => ({
    client: new sdk.EventBridgeClient({ maxAttempts: 4 }),
    PutEvents: sdk.PutEventsCommand,
  }));
  // Whoever sends first hears of a failure; nobody else must.
  opened.catch(() => {});

  return async ({ type, detail }) => {
    const { client, PutEvents } = await opened;
    const { FailedEntryCount, Entries } = await client.send(
      new PutEvents({
        Entries: [
          {
            ...{ EventBusName: bus, Source: source, DetailType: type },
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    );
    if (FailedEntryCount) throw new Error(Entries?.[0]?.ErrorMessage ?? 'not taken by the bus');
  };
};
