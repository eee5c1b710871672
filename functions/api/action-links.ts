import type { ActionLinkView } from '../../shared/contracts/api/action-link-routes.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ActionLink, LinkObject } from '../../shared/domain/notice/action-link.schema.ts';
import { judgeLink, type LinkRefusal } from '../../shared/domain/notice/judge-link.ts';
import { rotateLinkKey } from '../channels/link-key.ts';
import { readLink } from '../channels/link-token.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { systemProject, writeAudit } from './write-audit.ts';

/** What a link is about; looking at it changes nothing. */
export const openActionLink =
  (stores: ApiStores): ApiHandlers<'messages'>['openActionLink'] =>
  async ({ body: { token } }, context) => {
    const link = await judged(stores, token);
    return link.ok ? ok(await viewOf(link.value, context)) : link;
  };

/** Uses a link up, and makes the key that signs them anew. */
export const writeActionLinks = (
  stores: ApiStores,
): Pick<ApiHandlers<'tell'>, 'spendActionLink' | 'rotateActionLinkKey'> => ({
  async spendActionLink({ body: { token } }, context) {
    const { ledger, clock } = stores;
    const call = context.idempotencyKey ?? context.requestId;
    const found = await judged(stores, token, { user: context.caller.user, call });
    if (!found.ok) return found;
    const view = await viewOf(found.value, context);
    if (!view.allowed)
      return err({
        code: 'forbidden',
        detail: `${view.action} needs the role ${view.needs} in project ${view.project}; the link gives no right of its own`,
      });

    const now = clock();
    const first = await ledger.spendLink({ id: view.id, by: context.caller.user, at: now, call });
    const again = judgeLink(found.value, { now, spent: first, exists: true });
    if (!again.ok) return again;
    await writeAudit(stores, context, {
      ...{ action: 'use-link', object: `${view.object.kind}:${view.object.id}` },
      ...{ project: view.project, env: view.env, after: { link: view.id, action: view.action } },
    });
    return ok(view);
  },

  async rotateActionLinkKey(_, context) {
    const key = await rotateLinkKey(stores.ledger, stores.clock());
    await writeAudit(stores, context, {
      ...{ action: 'rotate', object: 'action-link-key', project: systemProject, after: { key } },
    });
    return ok({ key });
  },
});

/** `by`: the call that is about to spend it; that it was spent by that very call is no reason to refuse it. */
const judged = async (
  stores: ApiStores,
  token: string,
  by?: { readonly user: string; readonly call: string },
): Promise<Result<ActionLink, LinkRefusal>> => {
  const { ledger, clock } = stores;
  const now = clock();
  const link = readLink(await ledger.linkKeys(), token, now);
  const spent = link && (await ledger.findSpentLink(link.id));
  const mine = by !== undefined && spent?.by === by.user && spent.call === by.call;
  return judgeLink(link, {
    now,
    spent: mine ? undefined : spent,
    exists: link === undefined || (await exists(stores, link.object)),
  });
};

const exists = async ({ instances, ledger }: ApiStores, { kind, id }: LinkObject) => {
  switch (kind) {
    case 'instance':
      return (await instances.find(id)) !== undefined;
    case 'incident':
      return (await ledger.findIncident(id)) !== undefined;
  }
};

/** All four actions are those of an operator (nodes-and-instances 9). */
const needs = 'operator';

const viewOf = async (
  link: ActionLink,
  { roleIn }: Pick<ApiContext, 'roleIn'>,
): Promise<ActionLinkView> => ({
  ...{ ...link, needs },
  allowed: rankOfRole(await roleIn(link.project)) >= rankOfRole(needs),
});
