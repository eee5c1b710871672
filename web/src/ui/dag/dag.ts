import type { Outcome, Status } from '../../../../shared/domain/instance/instance.schema.ts';

/** Something about a node that stands beside its name, with an icon. */
export type DagMark = {
  readonly text: string;
  readonly type: 'stopped' | 'pending' | 'warning' | 'info';
};

/** A node of a picture: a task, with the state of its instance when there is one. */
export type DagNode = {
  readonly id: string;
  readonly name: string;
  /** A second line: the kind, the date, the project. */
  readonly note?: string;
  readonly status?: Status | undefined;
  readonly outcome?: Outcome | null | undefined;
  readonly paused?: boolean | undefined;
  readonly marks?: readonly DagMark[];
  /** Stands out: the node that the page is about. */
  readonly focus?: boolean;
  /** Cannot be opened. */
  readonly inert?: boolean;
  /** Of another project: its frame is dashed. */
  readonly far?: boolean;
  /** Steps from the node that the page is about; large levels can be drawn as one box. */
  readonly level?: number;
  /** Stands for so many nodes of a level. */
  readonly group?: number;
};

/** `crossCycle` edges are drawn dashed (nodes-and-instances 3.1). An edge may lead to where it begins. */
export type DagEdge = {
  readonly from: string;
  readonly to: string;
  readonly crossCycle?: boolean;
};

/** An entry of the menu of a node. */
export type DagMenuItem = {
  readonly id: string;
  readonly text: string;
  /** Why it cannot be chosen; '' where the text says it. */
  readonly refusal?: string | undefined;
};
