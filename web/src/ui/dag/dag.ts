import type { Outcome, Status } from '../../../../shared/domain/instance/instance.schema.ts';

/** A node of a picture: a task, with the state of its instance when there is one. */
export type DagNode = {
  readonly id: string;
  readonly name: string;
  /** A second line: the kind, the date, the project. */
  readonly note?: string;
  readonly status?: Status | undefined;
  readonly outcome?: Outcome | null | undefined;
  readonly paused?: boolean | undefined;
  /** Stands out: the node that the page is about. */
  readonly focus?: boolean;
  /** Cannot be opened. */
  readonly inert?: boolean;
};

/** `crossCycle` edges are drawn dashed (nodes-and-instances 3.1). */
export type DagEdge = {
  readonly from: string;
  readonly to: string;
  readonly crossCycle?: boolean;
};
