import { addressOf, addressText } from '../../shared/domain/workflow/task-address.ts';
import type { ApiStores } from './api-stores.ts';
import { onlineVersion, shownVersion } from './find-task.ts';
import type { Place } from './task-change.ts';

/** Tasks that wait for this one in what is online, by address; undefined when its workflow is not. */
export const dependantsOf = async (
  { catalog }: Pick<ApiStores, 'catalog'>,
  { env, project, workflow, task }: Place,
): Promise<readonly string[] | undefined> => {
  const own = await catalog.findWorkflow(project, workflow);
  if (!own || !onlineVersion(own, env)) return undefined;

  const address = addressText({ project, workflow, task });
  const names = new Set([
    `${project}/${workflow}`,
    ...(await catalog.dependantsOf(project, workflow)),
  ]);
  const found = await Promise.all(
    [...names].map(async (name) => {
      const [otherProject = '', otherWorkflow = ''] = name.split('/');
      const record = await catalog.findWorkflow(otherProject, otherWorkflow);
      const shown = record && shownVersion(record, env);
      const place = { project: otherProject, workflow: otherWorkflow };
      const definition =
        shown && (await catalog.definitionOf({ ...place, content: shown.content }));
      if (!definition) return [];
      const states = await catalog.taskStatesOf(env, otherProject, otherWorkflow);
      const gone = new Set(
        states.filter(({ undeployed }) => undeployed).map((state) => state.task),
      );
      return definition.tasks
        .filter(({ name: each }) => !gone.has(each))
        .filter(({ upstreams }) =>
          upstreams.some(
            (upstream) => addressText(addressOf(upstream, definition, place)) === address,
          ),
        )
        .map(({ name: each }) => addressText({ ...place, task: each }));
    }),
  );
  return found.flat();
};
