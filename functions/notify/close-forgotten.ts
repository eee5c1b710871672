import { closeIncident } from '../../shared/domain/alert/change-incident.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { entryOf, forgottenDays } from './join-incidents.ts';
import type { SettleDeps } from './settle-deps.ts';

const looked = 100;
const lookAgainDays = 7;

/**
 * Closes an incident whose last failure is long ago and whose open instances have all expired: nothing of it can succeed any
 * more. While some exist it looks again a week later. False when it goes on.
 */
export const closeForgotten = async (
  { ledger, instances, clock }: Pick<SettleDeps, 'ledger' | 'instances' | 'clock'>,
  incident: Incident,
): Promise<boolean> => {
  const now = clock();
  if (now < plusSeconds(incident.lastAt, forgottenDays * 86_400)) return false;
  const { items } = await ledger.membersOfIncident(incident.id, { limit: looked });
  const open = items.filter((member) => member.open).map(({ instance }) => instance);
  const left = await instances.findMany(open);
  const due = { ...entryOf(incident), at: plusSeconds(now, lookAgainDays * 86_400) };
  const closed =
    left.size === 0
      ? closeIncident(incident, { by: 'system:notify', at: now })
      : ({ ok: false } as const);
  if (!closed.ok) {
    await ledger.saveIncident({ before: incident, after: incident, due: [due] });
    return false;
  }
  return ledger.saveIncident({
    ...{ before: incident, after: closed.value },
    steps: [
      {
        ...{ id: 'closed', at: now, kind: 'closed', by: 'system:notify' },
        text: 'its instances have expired',
      },
    ],
  });
};
