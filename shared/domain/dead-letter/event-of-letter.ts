import * as z from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';

const BusEvent = z.looseObject({
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  detail: z.record(z.string(), z.unknown()),
  time: z.iso.datetime({ offset: true }).optional(),
});

/** What is put on the bus once more. */
export type EventAgain = {
  readonly source: string;
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** When it was said first: what follows from its time must not differ. */
  readonly time?: string | undefined;
};

/** The event that a message of the dead letters holds; the error says why it cannot be put again. */
export const eventOfLetter = (body: string): Result<EventAgain, string> => {
  const event = BusEvent.safeParse(jsonOf(body));
  if (!event.success)
    return err('the message holds no event of the bus, so it cannot be put again; discard it');
  const { source, 'detail-type': type, detail, time } = event.data;
  if (source.startsWith('aws.'))
    return err('events of AWS services cannot be put again by anybody else; discard it');
  return ok({ source, type, detail, time });
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
