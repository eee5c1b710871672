import { describe, expect, it } from 'vitest';
import { onLambda } from './lambda.ts';
import { stageHandler } from './stage-handler.ts';

const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 1000 };

describe('a stage', () => {
  const look = stageHandler('dispatch-look', async () => ({ seconds: [] }));
  const admit = stageHandler('dispatch-admit', async () => ({ admitted: 0, waiting: 0 }));

  it('accepts what wakes it', async () => {
    expect(await look({ anything: 1 }, host)).toEqual({ seconds: [] });
  });

  it('refuses a shape it does not know, by name', async () => {
    await expect(admit({ at: 'noon', stripe: 0 }, host)).rejects.toMatchObject({
      name: 'InputInvalid',
      facts: { stage: 'dispatch-admit' },
    });
  });

  it('never lets an unknown shape out', async () => {
    const wrong = stageHandler('dispatch-admit', async () => ({ admitted: 0.5, waiting: 0 }));
    await expect(wrong({ at: '2026-11-20T01:00:00.000Z', stripe: 0 }, host)).rejects.toMatchObject({
      name: 'InputInvalid',
    });
  });

  it('fails in its Lambda host under its own name', async () => {
    const context = { ...host, functionName: 'f' };
    const hosted: (event: unknown, context: unknown) => Promise<unknown> = onLambda(admit) as never;
    await expect(hosted({}, context)).rejects.toMatchObject({ name: 'InputInvalid' });
    expect(await (onLambda(look) as never as typeof hosted)({}, context)).toEqual({ seconds: [] });
  });
});
