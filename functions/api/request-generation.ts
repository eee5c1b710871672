import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiWork } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import type { ApiStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { writeAudit } from './write-audit.ts';

/** Writes down that a business date is wanted now; what is online now counts, and what exists stays as it is. */
export const requestGeneration =
  (stores: ApiStores): ApiWork<'requestGeneration'> =>
  async ({ params: { project }, body: { bizDate, env, from } }, context) => {
    const found = await stores.catalog.findProject(project);
    if (!found) return noProject(project);
    if (env === 'dev' && found.mode === 'basic')
      return err({ code: 'not-dev-prod', detail: `project ${project} has no dev environment` });

    const now = stores.clock();
    const key = hashOf(`${context.caller.user}\n${context.idempotencyKey}`);
    const request = await stores.instances.createRequest({
      id: `${env}~${project}~generate~${bizDate.replaceAll('-', '')}~${key}`,
      kind: 'generate',
      status: 'REQUESTED',
      ...{ env, project, bizDate },
      ...(from ? { from } : {}),
      cutoffAt: now,
      actor: context.caller.user,
      at: now,
    });
    await writeAudit(stores, context, {
      action: 'generate',
      object: `project:${project}`,
      ...{ project, env, bizDate },
      after: { request: request.id, from },
    });
    return ok(request);
  };
