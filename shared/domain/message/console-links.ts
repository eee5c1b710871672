import type { MessageAction, MessageFacts, MessageItem } from '../notice/message-facts.ts';

const path = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');

/** Addresses of the console's pages; without a console there are none. */
export const consoleLinks = (consoleUrl: string | undefined, { env, project }: Place) => {
  const link = (to: string): string | undefined =>
    consoleUrl === undefined
      ? undefined
      : `${consoleUrl}/${to}?env=${env}&project=${encodeURIComponent(project)}`;

  return {
    workflow: (workflow: string) => link(`workflows/${path(project, workflow)}`),
    task: (workflow: string, task: string) => link(`tasks/${path(project, workflow, task)}`),
    run: (run: string) => link(`runs/${path(run)}`),
    instance: (instance: string) => link(`instances/${path(instance)}`),
    incident: (incident: string) => link(`incidents/${path(incident)}`),
    /** The page that shows the plan of an action; opening it changes nothing. */
    action: ({ token }: MessageAction) =>
      consoleUrl === undefined ? undefined : `${consoleUrl}/act?link=${encodeURIComponent(token)}`,
    /** The page where an item is looked at: the instance, else the run, else the workflow. */
    item({ instance, runId, workflow }: MessageItem): string | undefined {
      if (instance !== undefined) return this.instance(instance);
      if (runId !== undefined) return this.run(runId);
      return workflow === undefined ? undefined : this.workflow(workflow);
    },
  };
};

type Place = Pick<MessageFacts, 'env' | 'project'>;
export type ConsoleLinks = ReturnType<typeof consoleLinks>;
