import { endThread } from '../../shared/domain/notice/decide-thread.ts';
import { changeThread } from './change-thread.ts';
import type { SettleDeps } from './settle-deps.ts';

/** Ends the threads of all rules about an incident; those that told somebody tell that it has recovered. */
export const endThreads = async (
  deps: SettleDeps,
  incident: string,
  how: 'recovered' | 'closed',
): Promise<void> => {
  for (const thread of await deps.ledger.threadsAbout(incident))
    await changeThread(deps, thread, (each) => endThread(each, how, deps.clock()));
};
