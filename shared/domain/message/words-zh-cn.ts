import type { Said, Words } from './words.ts';

const task = ({ task: name, workflow, project }: Said): string =>
  name === undefined
    ? workflowOf({ workflow, project })
    : `${workflow === undefined ? '' : `工作流 ${workflow} 的`}任务 ${name} `;
const workflowOf = ({ workflow, project }: Pick<Said, 'workflow' | 'project'>): string =>
  workflow === undefined ? `项目 ${project} ` : `工作流 ${workflow} `;
const date = ({ bizDate }: Said): string =>
  bizDate === undefined ? '' : `（业务日期 ${bizDate}）`;

/** Simplified Chinese, in the words of the console. */
export const zhCn: Words = {
  kind: {
    'run-started': '工作流开始运行',
    'run-succeeded': '工作流运行成功',
    'run-failed': '工作流运行失败',
    'task-failed': '任务运行失败',
    'task-succeeded': '任务运行完成',
    'task-timeout': '任务运行超时',
    'task-not-completed': '任务未按时完成',
    'task-not-started': '任务未按时开始',
    'auto-retried': '任务失败，自动重试中',
    'log-keyword': '日志出现关键字',
    'failed-count': '失败任务数过多',
    'failed-share': '失败任务占比过高',
    recovered: '已恢复',
  },
  reason: {
    occurrence: '',
    digest: '汇总',
    reminder: '再次提醒',
    escalation: '升级通知',
    recovered: '',
    test: '测试',
    resend: '重新发送',
  },
  colon: '：',
  stop: '。',
  headline: (kind, object, bizDate) =>
    `${kind}：${object}${bizDate === undefined ? '' : `（${bizDate}）`}`,
  several: (count, kind, where) => `${kind} × ${count}：${where}`,
  sentence: {
    'run-started': (said) => `${workflowOf(said)}已开始运行${date(said)}。`,
    'run-succeeded': (said) => `${workflowOf(said)}运行成功${date(said)}。`,
    'run-failed': (said) =>
      `${workflowOf(said)}运行失败${date(said)}${said.task === undefined ? '' : `，失败任务：${said.task}`}。`,
    'task-failed': (said) =>
      `${task(said)}运行失败${date(said)}${said.attempt === undefined || said.attempt < 2 ? '' : `，共尝试 ${said.attempt} 次`}。`,
    'task-succeeded': (said) => `${task(said)}运行完成${date(said)}。`,
    'task-timeout': (said) =>
      `${task(said)}运行时间已超过${said.detail.minutes === undefined ? '上限' : ` ${said.detail.minutes} 分钟`}${date(said)}。`,
    'task-not-completed': (said) =>
      `${task(said)}${said.detail.by === undefined ? '未按时' : `截至 ${said.detail.by} 未`}完成${date(said)}。`,
    'task-not-started': (said) =>
      `${task(said)}${said.detail.by === undefined ? '未按时' : `截至 ${said.detail.by} 未`}开始${date(said)}。`,
    'auto-retried': (said) => `${task(said)}运行失败，正在自动重试${date(said)}。`,
    'log-keyword': (said) => `${task(said)}的日志出现“${said.detail.keyword ?? ''}”${date(said)}。`,
    'failed-count': (said) =>
      `项目 ${said.project} 有 ${said.detail.count ?? '多'} 个任务失败${date(said)}。`,
    'failed-share': (said) =>
      `项目 ${said.project} 的任务失败占比${said.detail.share === undefined ? '过高' : `为 ${said.detail.share}%`}${date(said)}。`,
    recovered: (said) => `此前的失败已恢复：${task(said)}${date(said)}。`,
  },
  severalSentence: (count, kind, said) =>
    kind === zhCn.kind.recovered
      ? `${said.workflow === undefined ? `项目 ${said.project}` : `工作流 ${said.workflow}`} 的 ${count} 个失败已恢复${date(said)}。`
      : `${said.workflow === undefined ? `项目 ${said.project}` : `工作流 ${said.workflow}`} 共发生 ${count} 次“${kind}”${date(said)}。`,
  fact: {
    project: '项目',
    workflow: '工作流',
    task: '任务',
    bizDate: '业务日期',
    run: '运行',
    dueAt: '计划时间',
    startedAt: '开始时间',
    endedAt: '结束时间',
    attempt: '尝试次数',
    outcome: '结果',
    owner: '负责人',
    onDuty: '值班',
    downstream: '受影响下游',
    recoveryAt: '预计恢复',
    incident: '故障',
    severity: '级别',
    reminder: '提醒',
    resendOf: '原通知',
    rule: '规则',
    at: '发现时间',
    runbook: '处理手册',
  },
  link: {
    openRun: '查看运行',
    openInstance: '查看任务实例',
    openIncident: '查看故障',
    rerun: '重跑…',
    'rerun-downstream': '重跑及下游…',
    acknowledge: '确认…',
    snooze: '暂停提醒…',
  },
  outcome: {
    ran: '正常运行',
    'dry-run': '空跑',
    'off-day': '非调度日',
    'out-of-range': '不在生效日期内',
    'branch-not-taken': '分支未选中',
    'set-by-hand': '手动置成功',
    expired: '已过期',
    failed: '失败',
    'timed-out': '超时',
    terminated: '已终止',
    'definition-missing': '定义不存在',
    lost: '执行丢失',
  },
  severity: { info: '提示', warning: '警告', critical: '严重' },
  incident: (failures, open) =>
    `共 ${failures} 个失败，${open === 0 ? '已全部恢复' : `${open} 个未恢复`}`,
  reminder: (nth, of) => `第 ${nth} 次，共 ${of} 次`,
  instances: (count, more) => `${more ? '至少 ' : ''}${count} 个任务实例`,
  dev: '开发环境',
  error: '错误信息',
  items: '明细',
  more: (count) => `另有 ${count} 条`,
  errorCut: (characters) => `…… 其余 ${characters} 个字符请查看运行日志`,
  cut: (what) => `[略：${what.map((part) => parts[part]).join('、')}]`,
  again: '再说一遍：',
  isTest: '这是一条测试通知，并未发生任何事件，内容为示例。',
  fellBack: (problem) => `此通知的模板无法使用（${problem}），已改用内置模板。`,
  footer: (rule, project) => `您收到此通知是因为项目 ${project} 的规则“${rule}”。`,
  actionsNote:
    '带“…”的链接会在控制台打开操作计划，登录并确认后才会执行；每个链接一天内有效，仅可使用一次。',
};

const parts = { error: '错误', link: '链接', text: '正文' } as const;
