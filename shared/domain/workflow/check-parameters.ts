import { isReservedName, type Reference, referencesOf } from '../parameter/parse-template.ts';
import type { Problem } from './definition.schema.ts';
import { isExternal } from './dependencies-of.ts';
import { findCycles } from './find-cycles.ts';
import { pathText } from './problems-of-issues.ts';
import { type Parameters, type Task, TaskCommon } from './task.schema.ts';

type ParameterScope = {
  readonly workflow: string;
  readonly workflowParameters: Parameters;
  readonly tasks: ReadonlyMap<string, Task>;
};

type Place = { readonly path: readonly PropertyKey[]; readonly text: string };

/** Parameters of the workflow itself: their names, what they refer to, and circles among them. */
export const checkWorkflowParameters = (parameters: Parameters): readonly Problem[] => [
  ...reservedNames(parameters),
  ...circles(parameters, parameters),
  ...placesIn(parameters, ['parameters']).flatMap((place) =>
    referencesOf(place.text).flatMap((reference) =>
      problemAt(
        place,
        reference.kind === 'output'
          ? `${reference.text}: outputs belong to tasks; use it in a parameter of a task`
          : complaintAbout(reference, parameters),
      ),
    ),
  ),
];

/** Everything a task refers to must be known: a parameter, a built-in value, or an output of a direct upstream. */
export const checkParameters = (task: Task, scope: ParameterScope): readonly Problem[] => {
  const known = { ...scope.workflowParameters, ...task.parameters };
  const places = [...placesIn(workIn(task), []), ...placesIn(task.parameters, ['parameters'])];

  return [
    ...reservedNames(task.parameters),
    ...circles(task.parameters, known),
    ...places.flatMap((place) =>
      referencesOf(place.text).flatMap((reference) =>
        problemAt(
          place,
          reference.kind === 'output'
            ? complaintAboutOutput(reference, task, scope)
            : complaintAbout(reference, known),
        ),
      ),
    ),
  ];
};

const complaintAbout = (reference: Reference, known: Parameters): string | undefined => {
  if (reference.kind === 'malformed') return `${reference.text} ${reference.message}`;
  if (reference.kind !== 'parameter' || Object.hasOwn(known, reference.name)) return undefined;
  return `${reference.text}: there is no such parameter; define ${reference.name} under parameters`;
};

const complaintAboutOutput = (
  { text, task: from, output }: Extract<Reference, { kind: 'output' }>,
  task: Task,
  { workflow, tasks }: ParameterScope,
): string | undefined => {
  const upstream = task.upstreams.find(({ task: name }) => name === from);
  if (!upstream) return `${text}: ${from} is no upstream of ${task.name}; list it under upstreams`;
  const parent = isExternal(upstream, workflow) ? undefined : tasks.get(from);
  if (!parent || parent.outputs.includes(output)) return undefined;
  return `${text}: task ${from} gives no output ${output}; list it under its outputs`;
};

const reservedNames = (parameters: Parameters): readonly Problem[] =>
  Object.keys(parameters)
    .filter(isReservedName)
    .map((name) => ({
      path: `parameters.${name}`,
      code: 'reserved-name',
      message: `${name} is the name of a built-in value or date; choose another`,
    }));

const circles = (own: Parameters, known: Parameters): readonly Problem[] => {
  const edges = Object.entries(known).flatMap(([to, text]) =>
    referencesOf(text).flatMap((reference) =>
      reference.kind === 'parameter' ? [{ from: reference.name, to }] : [],
    ),
  );
  return findCycles(Object.keys(known), edges)
    .filter((cycle) => cycle.some((name) => Object.hasOwn(own, name)))
    .map((cycle) => ({
      path: `parameters.${cycle[0]}`,
      code: 'parameter-cycle',
      message: `parameters refer to each other: ${[...cycle, cycle[0]].join(' → ')}`,
    }));
};

const problemAt = (place: Place, message: string | undefined): readonly Problem[] =>
  message === undefined ? [] : [{ path: pathText(place.path), code: 'parameter', message }];

/** What the kind runs; the common fields carry no parameters. */
const workIn = (task: Task): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(task).filter(([field]) => !(field in TaskCommon.shape)));

const placesIn = (value: unknown, path: readonly PropertyKey[]): readonly Place[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => placesIn(inner, [...path, key]));
};
