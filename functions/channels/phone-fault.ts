import { Fault } from '../../shared/domain/kernel/fault.ts';

/** Not accepted, and may be later: the service is busy, or whoever runs the deployment has to mend a right or a quota. */
const later = new Set([
  ...['Throttled', 'ThrottledException', 'Throttling', 'ThrottlingException'],
  ...['InternalError', 'InternalErrorException', 'InternalServerException', 'KMSThrottling'],
  ...['AuthorizationError', 'AuthorizationErrorException', 'AccessDeniedException'],
  ...['ExpiredToken', 'ExpiredTokenException', 'UnrecognizedClientException'],
  ...['ResourceNotFoundException', 'ConflictException'],
]);
const used = new Set(['ServiceQuotaExceededException', 'QuotaExceeded']);
const notReached = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
]);

/** An error of a service that reaches phones in the words of `SendChannel`. */
export const phoneFault = (service: string, error: unknown): Fault => {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const cause = { cause: error };

  if (used.has(name))
    return new Fault(
      'ChannelThrottled',
      `${service}: ${message}`,
      { reason: 'quota-reached' },
      cause,
    );
  if (later.has(name) || (status !== undefined && status >= 500))
    return new Fault('ChannelThrottled', `${service}: ${message || name}`, {}, cause);
  if (notReached.has(code) || notReached.has(name))
    return new Fault('ChannelThrottled', `${service} is out of reach: ${code || name}`, {}, cause);
  if (status === undefined)
    return new Fault('ChannelUnsure', `${service} gave no answer: ${message || name}`, {}, cause);
  if (/opted out/i.test(message))
    return new Fault(
      'ChannelRefused',
      `${service}: whoever has this number does not want messages`,
      { reason: 'suppressed-address' },
      cause,
    );
  return new Fault('ChannelRefused', `${service} refused it: ${message || name}`, {}, cause);
};
