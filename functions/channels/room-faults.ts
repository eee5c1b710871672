import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Room } from '../../shared/domain/notice/channel.schema.ts';
import type { PostAnswer } from './post-json.ts';

/** Later, and when if the provider says so. */
export const throttled = (
  kind: Room['kind'],
  message: string,
  retryAfterSeconds: number | undefined,
): Fault =>
  new Fault(
    'ChannelThrottled',
    `${kind}: ${message}`,
    retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
  );

/** Never; the message tells people what to mend. */
export const refused = (kind: Room['kind'], message: string): Fault =>
  new Fault('ChannelRefused', `${kind}: ${message}`, { reason: 'provider-refused' });

/** What every provider means by a status; undefined: the answer itself has to be read. */
export const faultOfStatus = (
  kind: Room['kind'],
  { status, body, retryAfterSeconds }: PostAnswer,
): Fault | undefined => {
  if (status === 429) return throttled(kind, 'too many messages', retryAfterSeconds);
  if (status === 408 || status >= 500)
    return throttled(kind, `out of order (status ${status})`, retryAfterSeconds);
  if (status >= 300 && status < 400)
    return refused(kind, `answers with a redirect (status ${status}), which is not followed`);
  if (status >= 400) return refused(kind, `refused it with status ${status}: ${shortOf(body)}`);
  return undefined;
};

/** Some of an answer in a sentence. */
export const shortOf = (body: string): string =>
  body.replace(/\s+/g, ' ').trim().slice(0, 200) || 'without a reason';

/** Number and text of an answer such as `{"errcode":0,"errmsg":"ok"}`. */
export const codeOf = (
  { json, body }: PostAnswer,
  [code, text]: readonly [string, string],
): { readonly code: number | undefined; readonly text: string } => {
  const value = json?.[code];
  return {
    code: typeof value === 'number' ? value : undefined,
    text: shortOf(String(json?.[text] ?? body)),
  };
};
