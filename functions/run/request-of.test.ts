import { describe, expect, it } from 'vitest';
import { aTask, type TaskInput } from '../../shared/testing/a-task.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { requestOf } from './request-of.ts';

const instance = anInstance({ attempt: 2 });
const ask = (task: object) => {
  const request = requestOf({
    ...{ instance, task: aTask(task as TaskInput), values: { day: '20261119' } },
    ...{ allowHosts: [], datasets: [] },
  });
  if (!request.ok) throw new Error(request.error);
  return request.value;
};
const lambda = (payload?: unknown) =>
  ask({ kind: 'lambda', functionName: 'f', ...(payload === undefined ? {} : { payload }) });
const identity = { instance: instance.id, attempt: 2, run: instance.runId, task: instance.task };

describe('what a task is asked', () => {
  it('says who it is, in a payload of its own and in the one that it gets by default', () => {
    expect(lambda({ table: 'orders', day: '${day}' })).toMatchObject({
      payload: { table: 'orders', day: '20261119', nightshift: identity },
    });
    expect(lambda()).toMatchObject({ payload: { attempt: 2, nightshift: identity } });
  });

  it.each([['a', 'b'], 'text', 7, [{ nightshift: 1 }]])(
    'leaves a payload that is no object as it is: %j',
    (payload) => {
      expect(lambda(payload)).toMatchObject({ payload });
    },
  );

  it('leaves a key that the author has given', () => {
    expect(lambda({ nightshift: 'mine' })).toMatchObject({ payload: { nightshift: 'mine' } });
  });

  it('says who it is in the headers of a request; those of the task win', () => {
    expect(
      ask({
        kind: 'http',
        url: 'https://x.example',
        headers: { 'nightshift-run': 'mine', a: 'b' },
      }),
    ).toMatchObject({
      headers: {
        'nightshift-instance': instance.id,
        'nightshift-attempt': '2',
        'nightshift-run': 'mine',
        a: 'b',
      },
    });
  });
});
