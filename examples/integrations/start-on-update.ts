import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** What a rule on the bus of Nightshift hands over when somebody says that a dataset has new content. */
type DatasetUpdated = {
  readonly id: string;
  readonly detail: {
    readonly project: string;
    readonly dataset: string;
    readonly partition?: string;
  };
};

const bus = new EventBridgeClient();

/**
 * Starts the workflow `refresh` for the partition that has arrived. The rule may call it twice for one event, and the
 * dataset may be told of twice: the key makes one run of it all.
 */
export const handler = async ({ id, detail }: DatasetUpdated): Promise<void> => {
  const { project, dataset, partition = id } = detail;
  const { FailedEntryCount, Entries } = await bus.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: process.env.NIGHTSHIFT_BUS,
          Source: 'acme.refresh',
          DetailType: 'Run Requested',
          Detail: JSON.stringify({
            project,
            workflow: 'refresh',
            parameters: { partition },
            idempotencyKey: `${dataset}/${partition}`,
            comment: `${dataset} has new content: ${partition}`,
          }),
        },
      ],
    }),
  );
  // Thrown, so that Lambda tries again and nothing is lost.
  if (FailedEntryCount) throw new Error(Entries?.[0]?.ErrorMessage ?? 'not taken by the bus');
};
