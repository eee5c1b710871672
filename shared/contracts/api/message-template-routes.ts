import * as z from 'zod';
import {
  MessageTemplate,
  MessageWords,
  TemplateKey,
} from '../../domain/notice/message-template.schema.ts';
import { Content, NoticeReason } from '../../domain/notice/notice.schema.ts';
import { none } from './common.ts';
import type { RouteContract } from './route.ts';

/** The words of one channel, kind and language: those that count, those built in, and what they may name. */
export const TemplateView = TemplateKey.extend({
  current: MessageWords,
  builtIn: MessageWords,
  custom: z.boolean().meta({ description: 'an administrator’s words count' }),
  problem: z.string().optional().meta({
    description: 'why the words cannot be filled, so that those built in are sent instead',
  }),
  facts: z
    .array(z.object({ name: z.string(), about: z.string(), block: z.boolean() }))
    .meta({ description: 'placeholders; a block stands on a line of its own' }),
  rev: z.int().min(0).meta({ description: 'newest version; 0 while there is none' }),
  by: z.string().optional(),
  at: z.string().optional(),
}).meta({ id: 'TemplateView' });
export type TemplateView = z.infer<typeof TemplateView>;

const PreviewRequest = TemplateKey.extend({
  words: MessageWords.optional().meta({ description: 'left out: those that count now' }),
  reason: NoticeReason.default('occurrence'),
}).meta({ id: 'PreviewRequest' });

const edit = {
  tag: 'message-templates',
  role: 'admin',
  project: 'system',
  lambda: 'tell',
  idempotency: 'optional',
  ifMatch: true,
  params: TemplateKey,
  query: none,
  reply: TemplateView,
  status: 200,
} as const;

const look = {
  tag: 'message-templates',
  role: 'member',
  project: 'system',
  lambda: 'messages',
  query: none,
  status: 200,
} as const;

/** The words of messages. Everybody may read them; administrators change them for the whole installation. */
export const messageTemplateRoutes = {
  listMessageTemplates: {
    ...look,
    method: 'GET',
    path: '/api/message-templates',
    summary: 'Words that administrators have changed, newest version each',
    params: none,
    reply: z.object({ items: z.array(MessageTemplate) }),
    problems: [],
  },
  getMessageTemplate: {
    ...look,
    method: 'GET',
    path: '/api/message-templates/{channel}/{kind}/{language}',
    summary: 'Words of one channel, kind and language',
    params: TemplateKey,
    reply: TemplateView,
    problems: [],
  },
  listTemplateVersions: {
    ...look,
    method: 'GET',
    path: '/api/message-templates/{channel}/{kind}/{language}/versions',
    summary: 'Versions of the words, newest first',
    params: TemplateKey,
    reply: z.object({ items: z.array(MessageTemplate) }),
    problems: [],
  },
  saveMessageTemplate: {
    ...edit,
    method: 'PUT',
    path: '/api/message-templates/{channel}/{kind}/{language}',
    summary: 'Change the words; a new version',
    body: MessageWords.extend({ note: z.string().max(200).optional() }),
    problems: ['template-invalid', 'nothing-changed'],
  },
  revertMessageTemplate: {
    ...edit,
    method: 'POST',
    path: '/api/message-templates/{channel}/{kind}/{language}/revert',
    summary: 'Let an earlier version count again, or the words built in',
    body: z.object({
      to: z.int().min(0).meta({ description: 'a version; 0: the words built in' }),
      note: z.string().max(200).optional(),
    }),
    problems: ['version-not-found', 'template-invalid', 'nothing-changed'],
  },
  previewMessage: {
    ...look,
    method: 'POST',
    path: '/api/message-templates/preview',
    summary: 'What a message with these words would look like',
    params: none,
    body: PreviewRequest,
    reply: z.object({
      content: Content,
      problem: z.string().optional().meta({ description: 'why the words cannot be filled' }),
    }),
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
