import type { DeliveryHead, Notice } from './notice.schema.ts';

/** How often a notice may be sent again (workflows-and-logs A1.7). */
export const maxResends = 3;

/** All notices of a chain: the first, and each time it was sent again. */
export const rootOf = ({ id, resendOf }: Pick<Notice, 'id' | 'resendOf'>): string => resendOf ?? id;

/** The n-th time a notice is sent again; the same for everybody who presses the button. */
export const resendId = (root: string, n: number): string => `${root}~resend~${n}`;

/** Whom a notice did not reach, as far as anybody knows. Where mail came back there is no sense in sending more. */
export const toResend = (deliveries: readonly DeliveryHead[]): readonly DeliveryHead[] =>
  deliveries.filter(({ status }) => ['FAILED', 'UNCONFIRMED', 'SUPPRESSED'].includes(status));
