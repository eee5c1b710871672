import type { Messages } from './messages.ts';
import { audit } from './zh-cn/audit.ts';
import { backfills } from './zh-cn/backfills.ts';
import { common } from './zh-cn/common.ts';
import { configuration } from './zh-cn/configuration.ts';
import { diagnosis } from './zh-cn/diagnosis.ts';
import { events } from './zh-cn/events.ts';
import { gantt } from './zh-cn/gantt.ts';
import { handover } from './zh-cn/handover.ts';
import { holds } from './zh-cn/holds.ts';
import { home } from './zh-cn/home.ts';
import { instances } from './zh-cn/instances.ts';
import { lists } from './zh-cn/lists.ts';
import { logs } from './zh-cn/logs.ts';
import { monitoring } from './zh-cn/monitoring.ts';
import { notify } from './zh-cn/notify.ts';
import { operations } from './zh-cn/operations.ts';
import { retry } from './zh-cn/retry.ts';
import { runOperations } from './zh-cn/run-operations.ts';
import { runs } from './zh-cn/runs.ts';
import { schedule } from './zh-cn/schedule.ts';
import { shell } from './zh-cn/shell.ts';
import { simulation } from './zh-cn/simulation.ts';
import { status } from './zh-cn/status.ts';
import { system } from './zh-cn/system.ts';
import { tasks } from './zh-cn/tasks.ts';
import { workflows } from './zh-cn/workflows.ts';

export const zhCn: Messages = {
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
