import type { Status } from '../instance/instance.schema.ts';
import { parseInstanceId } from '../instance/instance-id.ts';
import type { Candidate } from './candidate.schema.ts';
import type { Chosen } from './choose-targets.ts';
import type { PlanSummary } from './plan-summary.schema.ts';

const shownWorkflows = 50;
const shownReasons = 20;
const shownExamples = 10;

/** The part of a plan that follows from the instances themselves. */
export const summarizePlan = ({
  targets,
  ineligible,
  levels,
}: Chosen): Omit<PlanSummary, 'below' | 'pools' | 'estimate'> => {
  const stops = targets.filter(({ does }) => does === 'stops');
  const workflows = perWorkflow(targets.map(({ id }) => id));
  return {
    total: targets.length,
    levels,
    byStatus: Object.fromEntries(
      tally(targets.map(({ status }) => status).filter((status) => status !== undefined)),
    ) as Partial<Record<Status, number>>,
    byProject: projectsOf(targets.map(({ id }) => id)),
    byWorkflow: workflows.slice(0, shownWorkflows),
    moreWorkflows: Math.max(0, workflows.length - shownWorkflows),
    ineligible: { count: ineligible.length, reasons: reasonsOf(ineligible) },
    stops: { count: stops.length, examples: stops.slice(0, shownExamples).map(({ id }) => id) },
    waits: targets.filter(({ does }) => does === 'waits').length,
  };
};

/** Instances per workflow, most first. */
export const perWorkflow = (ids: readonly string[]): PlanSummary['byWorkflow'] =>
  tally(ids.map((id) => placeOf(id).join('/'))).map(([name, count]) => {
    const [project = '', workflow = ''] = name.split('/');
    return { project, workflow, count };
  });

const projectsOf = (ids: readonly string[]): PlanSummary['byProject'] =>
  tally(ids.map((id) => placeOf(id)[0])).map(([project, count]) => ({ project, count }));

const placeOf = (id: string): [project: string, workflow: string] => {
  const ref = parseInstanceId(id);
  return [ref?.project ?? '', ref?.workflow ?? ''];
};

const reasonsOf = (ineligible: readonly Candidate[]): PlanSummary['ineligible']['reasons'] => {
  const examples = new Map(
    ineligible.toReversed().map(({ id, refusal = '' }) => [refusal, id] as const),
  );
  return tally(ineligible.map(({ refusal = '' }) => refusal))
    .slice(0, shownReasons)
    .map(([reason, count]) => ({ reason, count, example: examples.get(reason) ?? '' }));
};

/** How often each value occurs, most first, then in order of the value. */
const tally = <K extends string>(values: readonly K[]): [K, number][] => {
  const counts = new Map<K, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
};
