import type { gantt as source } from '../en/gantt.ts';
import type { Translation } from '../messages.ts';

export const gantt: Translation<typeof source> = {
  'gantt.rows': '共 {count} 行',
  'gantt.expand': '展开 {name}',
  'gantt.collapse': '收起 {name}',
  'gantt.now': '当前',
};
