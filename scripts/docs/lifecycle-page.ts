import { Outcome, type Status } from '../../shared/domain/instance/instance.schema.ts';
import {
  lifecycle,
  type MoveName,
  sourcesOf,
  targetOf,
} from '../../shared/domain/instance/lifecycle.ts';
import { code, generatedFrom, pageOf, tableOf } from './markdown.ts';

const statuses = Object.keys(lifecycle) as Status[];
const moves = [
  ...new Set(statuses.flatMap((status) => Object.keys(lifecycle[status]) as MoveName[])),
];

/** `docs/generated/lifecycle.md`: the table of moves as a picture and as a table. */
export const lifecyclePage = (): string =>
  pageOf(
    generatedFrom('shared/domain/instance/lifecycle.ts'),
    '# Lifecycle of an instance',
    '',
    'A pair of status and move that is not here is refused. `generate` makes the instance as `NOT_RUN`. Moves that keep the',
    'status (flags, priority, resource group) are left out of the picture and stand in the table.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> NOT_RUN: generate',
    ...arrows(),
    '```',
    '',
    '## Moves',
    '',
    tableOf(
      ['move', 'from', 'to'],
      moves.map((move) => [code(move), sourcesOf(move).map(code).join(', '), targetsOf(move)]),
    ),
    '',
    '## Outcomes',
    '',
    'How an ended instance ended, beside its status. No move gives `set-by-hand` or `expired` yet; they belong to operations',
    'that are planned.',
    '',
    Outcome.options.map((outcome) => `- ${code(outcome)}`),
  );

/** One arrow for each pair of different statuses, with every move that leads along it. */
const arrows = (): readonly string[] =>
  statuses.flatMap((from) =>
    statuses
      .filter((to) => to !== from)
      .map((to) => ({ to, names: moves.filter((move) => targetOf(from, move) === to) }))
      .filter(({ names }) => names.length > 0)
      .map(({ to, names }) => `  ${from} --> ${to}: ${names.join(' / ')}`),
  );

const targetsOf = (move: MoveName): string => {
  const targets = sourcesOf(move).map((from) => ({ from, to: targetOf(from, move) }));
  if (targets.every(({ from, to }) => from === to)) return 'the same';
  return [...new Set(targets.map(({ to }) => code(to ?? '')))].join(', ');
};
