import type { Refusal } from '../../shared/contracts/api/problem.ts';
import { peopleOf } from '../../shared/domain/duty/people-of.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { Namer, Reachable } from '../stores/named-by.ts';
import { reachablesOf } from '../stores/tell-rules.ts';
import { stale } from './save-document.ts';

/** Rules and on-duty schedules that name a contact, a schedule or a room, in words. */
const findNamers = async (catalog: CatalogStore, reachable: Reachable): Promise<string[]> => {
  const hints = await catalog.hintedNamers(reachable);
  const names = await Promise.all(hints.map((hint) => nameOf(catalog, hint, reachable)));
  return names.filter((name) => name !== undefined).toSorted();
};

/** What a hint stands for, if it still names `reachable`. */
const nameOf = async (
  catalog: CatalogStore,
  hint: Namer,
  { kind, name }: Reachable,
): Promise<string | undefined> => {
  const [what, project = '', id = ''] = hint.split('/');
  if (what === 'duty') {
    const duty = await catalog.findDuty(project);
    return duty && kind === 'contact' && peopleOf(duty).includes(name)
      ? `on-duty schedule ${duty.name}`
      : undefined;
  }
  const rule =
    what === 'alert'
      ? await catalog.findAlertRule(project, id)
      : await catalog.findNotificationRule(project, id);
  const names =
    rule && reachablesOf([rule]).some((each) => each.kind === kind && each.name === name);
  return names ? `${what} ${project}/${rule.name}` : undefined;
};

const listed = 100;
const inSentence = 5;

/**
 * Removes a contact, an on-duty schedule or a room that nobody names (N81). Who begins to name it at the same moment wins:
 * the removal is refused as outdated.
 */
export const removeUnnamed = async (
  catalog: CatalogStore,
  reachable: Reachable,
  rev: number,
): Promise<Result<{ deleted: true }, Refusal & { readonly code: 'in-use' | 'stale-rev' }>> => {
  const namings = await catalog.namingsOf(reachable);
  const users = await findNamers(catalog, reachable);
  if (users.length > 0) {
    const more = users.length > inSentence ? ` and ${users.length - inSentence} more` : '';
    return err({
      code: 'in-use',
      detail: `${users.slice(0, inSentence).join(', ')}${more} name ${reachable.kind} ${reachable.name}; take it out of them first`,
      dependants: users.slice(0, listed),
    });
  }
  return (await catalog.removeUnnamed(reachable, rev, namings))
    ? ok({ deleted: true })
    : stale(undefined);
};
