import { expect } from 'vitest';
import type { Host } from '../../local/host.ts';

/** Puts an event on the bus of the center, as anybody with the right to do so. */
export const putEvent = async (
  host: Host,
  event: { readonly source: string; readonly type: string; readonly detail: object },
): Promise<void> => {
  const answer = await fetch(host.endpoints.aws, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
      authorization: `AWS4-HMAC-SHA256 Credential=${host.accessKeyId}/20260101/us-east-1/events/aws4_request`,
    },
    body: JSON.stringify({
      Entries: [
        {
          ...{ EventBusName: host.outputs.BusName, Source: event.source, DetailType: event.type },
          Detail: JSON.stringify(event.detail),
        },
      ],
    }),
  });
  expect(await answer.json()).toMatchObject({ FailedEntryCount: 0 });
};
