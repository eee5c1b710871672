import type { lists as source } from '../en/lists.ts';
import type { Translation } from '../messages.ts';

export const lists: Translation<typeof source> = {
  'columns.title': '列设置',
  'columns.shown': '显示的列',
  'columns.about': '保存在此浏览器中，拖动可调整顺序。',
  'export.csv': '导出 CSV',
  'export.working': '正在读取全部页',
  'export.failed': '未能读完整个列表，未导出任何内容。',
  'export.done': '已导出 {count} 行',
  'export.cut': '已导出前 {count} 行，仍有更多；请缩小筛选范围后再导出其余部分。',
};
