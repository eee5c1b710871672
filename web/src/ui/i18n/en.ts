import { audit } from './en/audit.ts';
import { backfills } from './en/backfills.ts';
import { common } from './en/common.ts';
import { configuration } from './en/configuration.ts';
import { diagnosis } from './en/diagnosis.ts';
import { events } from './en/events.ts';
import { gantt } from './en/gantt.ts';
import { handover } from './en/handover.ts';
import { holds } from './en/holds.ts';
import { home } from './en/home.ts';
import { instances } from './en/instances.ts';
import { lists } from './en/lists.ts';
import { logs } from './en/logs.ts';
import { monitoring } from './en/monitoring.ts';
import { notify } from './en/notify.ts';
import { operations } from './en/operations.ts';
import { retry } from './en/retry.ts';
import { runOperations } from './en/run-operations.ts';
import { runs } from './en/runs.ts';
import { schedule } from './en/schedule.ts';
import { shell } from './en/shell.ts';
import { simulation } from './en/simulation.ts';
import { status } from './en/status.ts';
import { system } from './en/system.ts';
import { tasks } from './en/tasks.ts';
import { workflows } from './en/workflows.ts';
import type { Messages } from './messages.ts';

export const en: Messages = {
  ...backfills,
  ...audit,
  ...common,
  ...configuration,
  ...diagnosis,
  ...events,
  ...gantt,
  ...handover,
  ...holds,
  ...home,
  ...instances,
  ...logs,
  ...monitoring,
  ...notify,
  ...retry,
  ...runOperations,
  ...lists,
  ...operations,
  ...runs,
  ...schedule,
  ...shell,
  ...simulation,
  ...status,
  ...system,
  ...tasks,
  ...workflows,
};
