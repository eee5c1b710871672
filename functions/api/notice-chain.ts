import type { Notice } from '../../shared/domain/notice/notice.schema.ts';
import { maxResends, resendId } from '../../shared/domain/notice/resend.ts';
import type { Notices } from '../stores/notices.ts';

/** The times that a notice was sent again, the oldest first. */
export const findResends = (
  notices: Pick<Notices, 'findMany'>,
  root: string,
): Promise<readonly Notice[]> =>
  notices.findMany(Array.from({ length: maxResends }, (_, n) => resendId(root, n + 1)));
