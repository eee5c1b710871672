import type { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import {
  newWorkflow,
  saveDraft,
  setOnline,
  setTiming,
} from '../../shared/domain/workflow/change-workflow.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { checkDefinition, definitionInvalid } from './check-definition.ts';
import { factsOf, publishDefinition } from './publish-definition.ts';
import type { PublishStores } from './publish-stores.ts';

/** Definitions become drafts, versions, and what is online. */
export const publishHandlers = (stores: PublishStores): ApiHandlers<'publish'> => {
  const { catalog, clock } = stores;
  const checkOf = async (context: ApiContext, project: Project, env: Env) => ({
    project,
    env,
    isAdmin: (await context.roleIn(project.name)) === 'admin',
  });

  return {
    async validateDefinition({ params, body }, context) {
      const project = await catalog.findProject(params.project);
      if (!project) return noProject(params.project);
      const check = await checkOf(context, project, 'prod');
      const checked = await checkDefinition(catalog, body.definition, check);
      return ok({ problems: checked.ok ? [] : [...checked.error] });
    },

    async saveDraft({ params, body: { definition, rev } }, context) {
      const project = await catalog.findProject(params.project);
      if (!project) return noProject(params.project);
      if (definition.workflow !== params.workflow) return otherName(params.workflow);

      const before = await catalog.findWorkflow(params.project, params.workflow);
      if (before && rev === undefined)
        return err({
          code: 'already-exists',
          detail: `${params.workflow} exists; name the rev you edit`,
        });
      if (before?.rev !== rev) return stale(before?.rev);

      const at = clock();
      const facts = factsOf(definition, params.project);
      const record = before ?? newWorkflow(params, facts, at);
      await catalog.putDraft(params.project, params.workflow, definition);
      const drafted = saveDraft(record, facts, { at, by: context.caller.user });
      const saved = await catalog.saveWorkflow(drafted, before?.rev);
      if (!saved.ok) return stale(undefined);

      await note(stores, context, { action: 'save-draft', ...params });
      const check = await checkOf(context, project, 'prod');
      const checked = await checkDefinition(catalog, definition, check);
      return ok({ rev: saved.value.rev, problems: checked.ok ? [] : [...checked.error] });
    },

    async publishWorkflow({ params, body }, context) {
      const { env, online, comment } = body;
      const project = await catalog.findProject(params.project);
      if (!project) return noProject(params.project);
      if (env === 'dev' && project.mode === 'basic') return noDev(params.project);
      const definition =
        body.definition ?? (await catalog.findDraft(params.project, params.workflow));
      if (definition === undefined)
        return err({
          code: 'no-draft',
          detail: `${params.workflow} has no draft; give a definition`,
        });

      const check = await checkOf(context, project, env);
      const checked = await checkDefinition(catalog, definition, check);
      if (!checked.ok) return definitionInvalid(checked.error);
      if (checked.value.workflow !== params.workflow) return otherName(params.workflow);

      const done = await publishDefinition(stores, {
        project: params.project,
        definition: checked.value,
        online: online ? environmentsOf(project, env) : [],
        by: context.caller.user,
        note: comment,
      });
      if (!done.ok) return busy(params.workflow);
      const version = done.value.latest?.version ?? 1;
      await note(stores, context, {
        action: 'publish',
        ...params,
        env,
        comment,
        detail: { version },
      });
      return ok({ ...params, version, env });
    },

    async promoteWorkflow({ params, body }, context) {
      const project = await catalog.findProject(params.project);
      if (!project) return noProject(params.project);
      if (project.mode === 'basic') return noDev(params.project);
      const record = await catalog.findWorkflow(params.project, params.workflow);
      if (!record || record.deletedAt)
        return err({
          code: 'workflow-not-found',
          detail: `there is no workflow ${params.workflow} in project ${params.project}`,
        });

      const version = body.version ?? record.pins.dev?.version;
      if (!version)
        return err({
          code: 'not-online',
          detail: `${params.workflow} is not online in dev; submit it first`,
        });
      const summary = await catalog.findVersion(params.project, params.workflow, version);
      const definition =
        summary && (await catalog.definitionOf({ ...params, content: summary.content }));
      if (!definition)
        return err({
          code: 'version-not-found',
          detail: `${params.workflow} has no version ${version}`,
        });

      // What it waits for may be online in dev and not in prod.
      const check = await checkOf(context, project, 'prod');
      const checked = await checkDefinition(catalog, definition, { ...check, isAdmin: true });
      if (!checked.ok) return definitionInvalid(checked.error);

      const at = { at: clock(), by: context.caller.user };
      const pinned = setOnline(record, 'prod', summary, at);
      if (!pinned.ok) return err({ code: 'version-not-found', detail: pinned.error.message });
      const timed =
        record.pins.prod === undefined && summary.periodic
          ? setTiming(pinned.value, 'prod', 'ON', at)
          : pinned;
      const saved = await catalog.saveWorkflow(timed.ok ? timed.value : pinned.value, record.rev);
      if (!saved.ok) return busy(params.workflow);
      await note(stores, context, {
        action: 'promote',
        ...params,
        env: 'prod',
        comment: body.comment,
        detail: { version },
      });
      return ok({ ...params, version, env: 'prod' });
    },
  };
};

/** In a project with both environments prod gets what dev has: publishing to prod puts the same version into dev, too. */
const environmentsOf = ({ mode }: Project, env: Env): readonly Env[] =>
  mode === 'dev-prod' && env === 'prod' ? ['dev', 'prod'] : [env];

type Noted = {
  readonly action: string;
  readonly project: string;
  readonly workflow: string;
  readonly env?: Env;
  readonly comment?: string | undefined;
  readonly detail?: NonNullable<AuditEntry['detail']>;
};

const note = (
  { ledger, clock }: PublishStores,
  { caller, requestId }: ApiContext,
  { action, project, workflow, env, comment, detail }: Noted,
): Promise<void> =>
  ledger.addAudit([
    {
      id: `${requestId}#${action}`,
      at: clock(),
      actor: caller.user,
      ...{ action, project },
      object: `workflow:${project}/${workflow}`,
      ...(env ? { env } : {}),
      ...(comment ? { reason: comment } : {}),
      detail: { source: caller.source, requestId, ...detail },
    },
  ]);

const noProject = (project: string) =>
  err({ code: 'project-not-found', detail: `there is no project ${project}` } as const);

const noDev = (project: string) =>
  err({ code: 'not-dev-prod', detail: `project ${project} has no dev environment` } as const);

const busy = (workflow: string) =>
  err({ code: 'changed-meanwhile', detail: `${workflow} keeps changing; try again` } as const);

const stale = (rev: number | undefined) =>
  err({
    code: 'stale-rev',
    detail: 'somebody changed it meanwhile; read it again and repeat your change',
    ...(rev === undefined ? {} : { rev }),
  } as const);

const otherName = (workflow: string) => {
  const message = `workflow must be ${workflow}, the name in the address`;
  const path = 'body.definition.workflow';
  return err({
    code: 'invalid-input' as const,
    detail: `the definition names another workflow than ${workflow}`,
    errors: [{ path, code: 'name-mismatch', message }],
  });
};
