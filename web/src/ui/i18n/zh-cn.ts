import type { Messages } from './messages.ts';
import { common } from './zh-cn/common.ts';
import { home } from './zh-cn/home.ts';
import { instances } from './zh-cn/instances.ts';
import { runs } from './zh-cn/runs.ts';
import { shell } from './zh-cn/shell.ts';
import { status } from './zh-cn/status.ts';
import { system } from './zh-cn/system.ts';
import { workflows } from './zh-cn/workflows.ts';

export const zhCn: Messages = {
  ...common,
  ...home,
  ...instances,
  ...runs,
  ...shell,
  ...status,
  ...system,
  ...workflows,
};
