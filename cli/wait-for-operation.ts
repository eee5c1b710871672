import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationDetail } from '../shared/contracts/api/operation-routes.ts';
import type { Client } from '../shared/contracts/client/create-client.ts';

/** Asks until nobody works on it any more, at most for so many seconds; at least once. */
export const waitForOperation = async (
  call: Client,
  operation: string,
  seconds: number,
): Promise<OperationDetail> => {
  const until = performance.now() + seconds * 1000;
  for (let pause = 100; ; pause = Math.min(2_000, pause * 1.5)) {
    const now = await call('getOperation', { params: { operation } });
    if (now.status !== 'PLANNING' && now.status !== 'RUNNING') return now;
    if (performance.now() >= until) return now;
    await sleep(pause);
  }
};
