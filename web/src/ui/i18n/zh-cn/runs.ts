import type { runs as source } from '../en/runs.ts';
import type { Translation } from '../messages.ts';

export const runs: Translation<typeof source> = {
  'runs.title': '运行详情',
  'runs.find': '按状态、工作流或业务日期查找运行',
  'runs.empty': '还没有运行',
  'runs.empty-hint': '请启动工作流，或等待定时触发',
  'runs.run': '运行',
  'runs.trigger': '触发方式',
  'runs.biz-date': '业务日期',
  'runs.status': '状态',
  'runs.progress': '进度',
  'runs.progress-text': '{ended} / {total}',
  'runs.failed': '失败',
  'runs.due': '计划时间',
  'runs.started': '开始时间',
  'runs.ended': '结束时间',
  'runs.duration': '时长',
  'runs.started-by': '启动人',
  'runs.cycle': '周期序号',
  'runs.version': '版本',

  'run.title': '{workflow}，业务日期 {date}',
  'run.tab.instances': '实例',
  'run.tab.dag': '依赖图',
  'run.tab.log': '日志',
  'run.not-generated': '运行请求已接受，正在生成实例。',
  'run.progress-label': '{total} 个实例中已结束 {ended} 个',
  'run.by-status': '按状态统计',
  'run.open-workflow': '打开工作流',
  'run.no-instances': '还没有实例',
};
