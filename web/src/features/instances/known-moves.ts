import type { MoveName } from '../../../../shared/domain/instance/lifecycle.ts';

/** The moves that the console has a word for; a new one in the lifecycle does not compile without its word here. */
const named: Readonly<Record<MoveName | 'generate', true>> = {
  generate: true,
  ready: true,
  reopen: true,
  park: true,
  unpark: true,
  'begin-wait': true,
  throttle: true,
  queue: true,
  admit: true,
  pass: true,
  claim: true,
  succeed: true,
  fail: true,
  retry: true,
  lose: true,
  terminate: true,
  stopped: true,
  'time-out': true,
  pause: true,
  resume: true,
  rerun: true,
  'set-priority': true,
  'set-resource-group': true,
  'set-success': true,
  'force-rerun': true,
  restart: true,
  'remove-upstream': true,
  hold: true,
  unhold: true,
  ask: true,
  approve: true,
  reject: true,
  undo: true,
};

export type KnownMove = keyof typeof named;
export const knownMoves = Object.keys(named) as readonly KnownMove[];
