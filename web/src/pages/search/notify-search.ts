import * as z from 'zod';
import { ChannelKind } from '../../../../shared/domain/notice/channel.schema.ts';
import { Language } from '../../../../shared/domain/notice/language.schema.ts';
import { OccurrenceKind } from '../../../../shared/domain/notice/occurrence.schema.ts';

const text = z.string().optional().catch(undefined);
const days = z.enum(['1', '7', '31', '90']).optional().catch(undefined);

/** Filters of the notification details, as they stand in the address. */
export const NoticesSearch = z.object({
  ...{ days, rule: text, kind: text, status: text, workflow: text, recipient: text },
  notice: text,
});
export type NoticesSearch = z.infer<typeof NoticesSearch>;

/** Filters of the push records. */
export const PushesSearch = z.object({
  ...{ days, rule: text, kind: text, status: text, channel: text, recipient: text },
});
export type PushesSearch = z.infer<typeof PushesSearch>;

/** Filters of the alert center. */
export const AlertsSearch = z.object({
  ...{ text, status: text, kind: text, severity: text, name: text },
  receiver: z.enum(['me', 'owner', 'duty', 'contact', 'room']).optional().catch(undefined),
});
export type AlertsSearch = z.infer<typeof AlertsSearch>;

/** Filters of the incidents. */
export const IncidentsSearch = z.object({
  ...{ text, status: text },
  order: z.enum(['worst']).optional().catch(undefined),
});
export type IncidentsSearch = z.infer<typeof IncidentsSearch>;

/** Which words are edited. */
export const TemplatesSearch = z.object({
  channel: ChannelKind.optional().catch(undefined),
  kind: OccurrenceKind.optional().catch(undefined),
  language: Language.optional().catch(undefined),
});
