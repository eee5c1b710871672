import * as z from 'zod';
import { ActionLink } from '../../domain/notice/action-link.schema.ts';
import { none } from './common.ts';
import type { RouteContract } from './route.ts';

const body = z.object({
  token: z.string().min(1).max(4096).meta({ description: 'the part of the link after `link=`' }),
});

const refusals = ['link-forged', 'link-expired', 'link-used', 'link-gone'] as const;

/** What a link in a message is about, for the page that shows its plan. */
export const ActionLinkView = ActionLink.extend({
  needs: z.enum(['operator', 'developer', 'admin']).meta({ description: 'role for the action' }),
  allowed: z.boolean().meta({ description: 'whether who asks has it in the project' }),
}).meta({ id: 'ActionLinkView' });
export type ActionLinkView = z.infer<typeof ActionLinkView>;

/**
 * Acting from a message. Opening a link changes nothing; the page then shows the plan, and confirming it spends the link
 * before it calls the route of the action, which asks for the role as always.
 */
export const actionLinkRoutes = {
  openActionLink: {
    method: 'POST',
    path: '/api/action-links/open',
    summary: 'What a link in a message is about; changes nothing',
    tag: 'action-links',
    role: 'member',
    project: 'system',
    lambda: 'messages',
    params: none,
    query: none,
    body,
    reply: ActionLinkView,
    status: 200,
    problems: refusals,
  },
  spendActionLink: {
    method: 'POST',
    path: '/api/action-links/spend',
    summary: 'Use a link: it can be used once',
    tag: 'action-links',
    role: 'member',
    project: 'system',
    lambda: 'tell',
    idempotency: 'required',
    params: none,
    query: none,
    body,
    reply: ActionLinkView,
    status: 200,
    problems: refusals,
  },
  rotateActionLinkKey: {
    method: 'POST',
    path: '/api/action-links/rotate',
    summary: 'Sign links with a new key; links that are out stay good until they expire',
    tag: 'action-links',
    role: 'admin',
    project: 'system',
    lambda: 'tell',
    idempotency: 'required',
    params: none,
    query: none,
    reply: z.object({ key: z.string().meta({ description: 'id of the new key' }) }),
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
