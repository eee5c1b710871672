import { common } from './en/common.ts';
import { home } from './en/home.ts';
import { instances } from './en/instances.ts';
import { runs } from './en/runs.ts';
import { shell } from './en/shell.ts';
import { status } from './en/status.ts';
import { system } from './en/system.ts';
import { workflows } from './en/workflows.ts';
import type { Messages } from './messages.ts';

export const en: Messages = {
  ...common,
  ...home,
  ...instances,
  ...runs,
  ...shell,
  ...status,
  ...system,
  ...workflows,
};
