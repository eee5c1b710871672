import type { Instance } from '../instance/instance.schema.ts';
import type { Env, Key } from '../kernel/key.schema.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import type { RuntimeSettings } from '../project/runtime-settings.schema.ts';
import type { DstPolicy } from '../schedule/schedule.schema.ts';
import type { WorkflowDefinition } from '../workflow/definition.schema.ts';

/** A published version as generation sees it, frozen at the cut-off. */
export type GeneratedWorkflow = {
  readonly env: Env;
  readonly project: Key;
  readonly zone: string;
  readonly dst: DstPolicy;
  readonly version: number;
  readonly definition: WorkflowDefinition;
  /** OFF: nothing is generated, and what waits for it stays blocked. */
  readonly timing: 'ON' | 'OFF';
  readonly settings: RuntimeSettings;
  /** Whether a calendar has `runDate` as a working day. */
  readonly isWorkday: (calendar: Key, runDate: BizDate) => boolean;
};

/** All that the store needs to create an instance; it begins as NOT_RUN with seq 1. */
export type PlannedInstance = Pick<
  Instance,
  | 'id'
  | 'runId'
  | 'env'
  | 'project'
  | 'workflow'
  | 'task'
  | 'family'
  | 'scope'
  | 'bizDate'
  | 'cycle'
  | 'index'
  | 'kind'
  | 'version'
  | 'dueAt'
  | 'plannedAt'
  | 'pinned'
  | 'priority'
  | 'resourceGroup'
  | 'timeoutSeconds'
  | 'retries'
  | 'empty'
  | 'overlap'
  | 'previousRun'
  | 'nextDueAt'
  | 'joins'
>;

export type PlannedEdge = {
  readonly child: string;
  readonly parent: string;
  /** `cross-cycle` and `self` are drawn dashed; `barrier` leads from a barrier to one of the parents it stands for. */
  readonly kind: 'current' | 'cross-cycle' | 'self' | 'barrier';
  /**
   * Drop the edge when the parent was never generated: it lies on an earlier business date, or before the first cycle
   * that is generated at all, so nobody will generate it later. Every other edge blocks until its parent exists.
   */
  readonly ifExists?: true;
};

export type Plan = {
  readonly instances: readonly PlannedInstance[];
  readonly edges: readonly PlannedEdge[];
};
