import type { home as source } from '../en/home.ts';
import type { Translation } from '../messages.ts';

export const home: Translation<typeof source> = {
  'home.title': '首页',
  'home.shortcuts': '快捷入口',
  'home.shortcut.workflows': '启动、停止和定时工作流，查看依赖图',
  'home.shortcut.recurring': '按业务日期查看已运行、等待和失败的实例',
  'home.shortcut.runs': '每次运行的进度和日志',
  'home.shortcut.pools': '限制、占用者和排队者',
  'home.focus': '我的关注',
  'home.focus-date': '业务日期 {date}',
  'home.failed': '失败',
  'home.unfinished': '未完成',
  'home.waiting': '等待中',
  'home.succeeded': '成功',
  'home.focus-empty': '该业务日期还没有实例',
  'home.no-projects': '还没有项目',
  'home.no-projects-hint': '请用命令行创建：nightshift projects create my_project',
  'home.quick-start': '五分钟快速入门',
  'home.step.publish': '发布工作流',
  'home.step.publish-text':
    '用 YAML 编写任务、上游和调度，在工作流的“定义”页签发布，或执行：nightshift publish workflow.yaml --project P',
  'home.step.start': '手动启动一次',
  'home.step.start-text': '在工作流列表中选中它，点击“启动”。',
  'home.step.watch': '观察运行',
  'home.step.watch-text': '运行详情显示进度、带状态的依赖图和日志。',
  'home.step.explain': '诊断等待原因',
  'home.step.explain-text': '实例的“诊断”页签说明被什么阻塞、谁占用、预计何时解除。',
  'home.step.schedule': '自动周期运行',
  'home.step.schedule-text': '开启定时后，每晚 23:00（项目时区）生成第二天的周期实例。',
};
