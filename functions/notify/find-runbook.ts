import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import type { MessageItem } from '../../shared/domain/notice/message-facts.ts';
import type { Thread } from '../../shared/domain/notice/thread.schema.ts';
import type { TellDeps } from './tell-deps.ts';

/** What the author wrote down for the task that a message is about: that of the cause, else the first one named. */
export const findRunbook = async (
  { catalog }: Pick<TellDeps, 'catalog'>,
  { env, project }: Pick<Thread, 'env' | 'project'>,
  incident: Incident | undefined,
  item: MessageItem,
): Promise<string | undefined> => {
  const { workflow, task } = incident?.cause.task === undefined ? item : incident.cause;
  if (workflow === undefined || task === undefined) return undefined;
  const record = await catalog.findWorkflow(project, workflow);
  const content = record?.pins[env]?.content || record?.latest?.content;
  return content === undefined
    ? undefined
    : (await catalog.taskOf({ project, workflow, content }, task))?.runbook;
};
