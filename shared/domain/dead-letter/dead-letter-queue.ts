/**
 * The dead-letter queues of a deployment and what can be done with what they hold. `again`: the event is put on the bus
 * once more. The others hold what nobody can replay, and name who repeats the work: `tick`, the next fire of the same
 * schedule; `watch`, the minute's look at everything that was not woken, claimed or ended; `recount`, a person who
 * compares counters with instances, since the moves have passed; `sweep`, the minute's look at what is to be sent.
 */
export const deadLetterQueues = {
  received: 'again',
  bus: 'again',
  'run-ended': 'watch',
  dispatch: 'tick',
  generation: 'tick',
  release: 'watch',
  record: 'recount',
  watch: 'tick',
  notify: 'sweep',
} as const satisfies Record<string, 'again' | 'tick' | 'watch' | 'recount' | 'sweep'>;

export type DeadLetterQueueName = keyof typeof deadLetterQueues;
export const deadLetterQueueNames = Object.keys(deadLetterQueues) as [
  DeadLetterQueueName,
  ...DeadLetterQueueName[],
];

/** Whether its messages can be delivered once more. */
export const mayRedrive = (queue: DeadLetterQueueName): boolean =>
  deadLetterQueues[queue] === 'again';
