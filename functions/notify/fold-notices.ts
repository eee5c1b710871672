import { foldedSeqOf, noticeStatusOf } from '../../shared/domain/notice/notice-status.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { FoldDeps } from './notify-deps.ts';

const atOnce = 8;

/** Folds the status of notices from their deliveries. An older look never replaces a newer one, so it may run twice. */
export const foldNotices =
  ({ deliveries, notices }: FoldDeps) =>
  async (ids: Iterable<string>): Promise<void> => {
    await inParallel([...new Set(ids)], atOnce, async (id) => {
      const all = await deliveries.ofNotice(id);
      const status = noticeStatusOf(all);
      if (status !== undefined) await notices.fold(id, status, foldedSeqOf(all));
    });
  };
