import { checkDuty } from '../../shared/domain/duty/check-duty.ts';
import type { DutySchedule } from '../../shared/domain/duty/duty-schedule.schema.ts';
import { peopleOf } from '../../shared/domain/duty/people-of.ts';
import { err } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { removeUnnamed } from './find-namers.ts';
import { noDuty } from './read-duty.ts';
import { createDocument, forEdit, stale } from './save-document.ts';
import { invalidRule } from './save-rules.ts';
import { systemProject, writeAudit } from './write-audit.ts';

/** On-duty schedules, kept by administrators (nodes-and-instances 7.5). */
export const writeDuty = (
  stores: ApiStores,
): Pick<
  ApiHandlers<'tell'>,
  'createDutySchedule' | 'updateDutySchedule' | 'deleteDutySchedule' | 'putNotifySettings'
> => {
  const { catalog } = stores;
  const noted = (name: string) => ({ object: `duty-schedule:${name}`, project: systemProject });
  const problemsOf = async (schedule: Omit<DutySchedule, 'name'>) => {
    const contacts = await catalog.findContacts(peopleOf(schedule));
    return invalidRule(checkDuty(schedule, new Set(contacts.map(({ name }) => name))));
  };

  return {
    async createDutySchedule({ body }, context) {
      const wrong = await problemsOf(body);
      if (wrong) return wrong;
      const written = await catalog.saveDuty(body, undefined);
      if (!written.ok && written.error === 'missing') return contactGone;
      const saved = createDocument(body.name, written);
      if (saved.ok)
        await writeAudit(stores, context, { ...noted(body.name), action: 'create', after: body });
      return saved;
    },

    async updateDutySchedule({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findDuty(name), context.rev, noDuty(name));
      if (!before.ok) return before;
      const wrong = await problemsOf(body);
      if (wrong) return wrong;
      const saved = await catalog.saveDuty({ ...body, name }, context.rev);
      if (!saved.ok) return saved.error === 'missing' ? contactGone : stale(undefined);
      await writeAudit(stores, context, {
        ...{ ...noted(name), action: 'update' },
        before: before.value,
        after: saved.value,
      });
      return saved;
    },

    async deleteDutySchedule({ params: { name } }, context) {
      const before = forEdit(await catalog.findDuty(name), context.rev, noDuty(name));
      if (!before.ok) return before;
      const removed = await removeUnnamed(catalog, { kind: 'duty', name }, context.rev);
      if (removed.ok)
        await writeAudit(stores, context, {
          ...{ ...noted(name), action: 'delete' },
          before: before.value,
        });
      return removed;
    },

    async putNotifySettings({ body }, context) {
      const before = await catalog.notifySettings();
      if ((before?.rev ?? 0) !== context.rev) return stale(before?.rev ?? 0);
      const saved = await catalog.saveNotifySettings(body, before?.rev);
      if (!saved.ok) return stale(undefined);
      await writeAudit(stores, context, {
        action: 'set-notify-settings',
        object: 'settings:notify',
        project: systemProject,
        before,
        after: body,
      });
      return saved;
    },
  };
};

const contactGone = err({
  code: 'changed-meanwhile',
  detail: 'a contact was removed meanwhile; choose somebody else',
} as const);
