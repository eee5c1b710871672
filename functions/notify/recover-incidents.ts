import { finishAlert } from '../../shared/domain/alert/fold-alert-event.ts';
import {
  isOver,
  recoverMembers,
  rememberSuccess,
} from '../../shared/domain/alert/fold-incident.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import type { InstanceTurn } from '../../shared/domain/alert/incident-member.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { chunksOf } from '../stores/batch-get.ts';
import { membersAtOnce } from '../stores/incidents.ts';
import { pause } from '../stores/retry.ts';
import { endThreads } from './end-threads.ts';
import { entryOf, turnOf } from './join-incidents.ts';
import type { SettleDeps } from './settle-deps.ts';

const tries = 12;
const atOnce = 8;

/**
 * Takes successes in: members recover, and with the last open one the incident does, whose threads then say so to whom they
 * told. Their alert events are over. Done again it finds everything done; what a crash left undone it does.
 */
export const recoverIncidents =
  (deps: SettleDeps) =>
  async (occurrences: readonly Occurrence[]): Promise<void> => {
    let rest = occurrences.flatMap((occurrence) => turnOf(occurrence) ?? []);
    const over = new Map<string, Incident>();
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      if (attempt > tries)
        throw new Fault('StoreConflict', 'successes not taken in: their incidents kept changing', {
          instance: rest[0]?.instance ?? '',
        });
      if (attempt > 1) await pause(attempt);
      rest = await recoverOnce(deps, rest, over);
    }
    const objects = [...new Set(occurrences.flatMap(({ instance }) => instance ?? []))];
    await inParallel(objects, atOnce, (object) => finishAlerts(deps, object, deps.clock()));
    for (const incident of over.values()) await endThreads(deps, incident.id, 'recovered');
  };

/** Answers with those that somebody else prevented. */
const recoverOnce = async (
  { ledger, clock }: SettleDeps,
  turns: readonly InstanceTurn[],
  over: Map<string, Incident>,
): Promise<InstanceTurn[]> => {
  const records = await ledger.failuresOf(turns.map(({ instance }) => instance));
  const left: InstanceTurn[] = [];

  const early = turns.flatMap((turn) => {
    const record = rememberSuccess(turn, records.get(turn.instance));
    return record ? [{ turn, record }] : [];
  });
  await inParallel(early, atOnce, async ({ turn, record }) => {
    if (!(await ledger.rememberSuccess(record))) left.push(turn);
  });
  const known = turns.filter(({ instance }) => records.get(instance)?.incident !== undefined);
  const groups = Map.groupBy(known, ({ instance }) => records.get(instance)?.incident ?? '');
  const incidents = await ledger.findIncidents([...groups.keys()]);

  await inParallel([...groups], atOnce, async ([id, group]) => {
    let before = incidents.get(id);
    for (const chunk of chunksOf(group, membersAtOnce)) {
      if (!before) return;
      const now = clock();
      const { incident: after, records: changed } = recoverMembers(before, records, chunk, now);
      const ends = isOver(after) && !isOver(before);
      if (changed.length > 0) {
        const saved = await ledger.saveIncident({
          ...{ before, after, records: changed },
          steps: ends ? [{ id: 'recovered', at: now, kind: 'recovered' }] : [],
          due: ends ? [{ ...entryOf(after), at: now }] : [],
        });
        if (!saved) {
          left.push(...group.slice(group.indexOf(chunk[0] as InstanceTurn)));
          return;
        }
        before = { ...after, seq: before.seq + 1 };
        for (const record of changed) records.set(record.instance, record);
      }
      if (before.status === 'RECOVERED') over.set(id, before);
    }
  });
  return left;
};

/** Whatever rules saw in an instance is over with its success. */
const finishAlerts = async ({ ledger }: SettleDeps, object: string, at: Instant): Promise<void> => {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if (attempt > 1) await pause(attempt);
    const open = (await ledger.alertEventsAbout(object)).filter(
      ({ status }) => status !== 'FINISH',
    );
    const saved = await inParallel(open, atOnce, (event) =>
      ledger.saveAlertEvent({ wasSeq: event.seq, event: finishAlert(event, at) }),
    );
    if (saved.every(Boolean)) return;
  }
};
