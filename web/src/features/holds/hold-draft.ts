import type { Hold, HoldTarget } from '../../../../shared/domain/hold/hold.schema.ts';
import { readTarget, targetText } from '../../../../shared/domain/hold/read-target.ts';
import { instantOfTyped, type TypedInstant } from '../../ui/form/instant-input.tsx';
import { type EndChoice, endOf } from './hold-end.tsx';

/** A hold as it is being filled in. */
export type HoldDraft = {
  readonly purpose: 'hold' | 'drain' | 'maintenance';
  readonly target: string;
  readonly env: '' | 'prod' | 'dev';
  readonly reason: string;
  readonly begins: 'now' | 'at';
  readonly from: TypedInstant;
  readonly end: EndChoice;
  readonly repeat: 'once' | 'weekly';
  readonly weekly: NonNullable<Hold['weekly']>;
};

const nothingTyped: TypedInstant = { date: '', time: '' };

export const newDraft = (target: HoldTarget | undefined, zone: string): HoldDraft => ({
  purpose: 'hold',
  target: target ? targetText(target) : '',
  env: '',
  reason: '',
  begins: 'now',
  from: nothingTyped,
  end: { choice: 'never', at: nothingTyped },
  repeat: 'once',
  weekly: { days: ['SUN'], from: '02:00', to: '04:00', zone },
});

export type DraftField = 'target' | 'reason' | 'from' | 'until' | 'weekly';

type Wish = {
  readonly purpose: HoldDraft['purpose'];
  readonly target: HoldTarget;
  readonly env: 'prod' | 'dev' | undefined;
  readonly reason: string;
  readonly from: string | undefined;
  readonly until: string | undefined;
  readonly weekly: Hold['weekly'];
};

/** What the API is asked for, or the fields that are not filled in. The rest is the API's to judge. */
export const wishOf = (
  draft: HoldDraft,
  now: number,
  zone: string,
): { readonly wish: Wish } | { readonly missing: readonly DraftField[] } => {
  const target = readTarget(draft.target);
  const planned = draft.purpose === 'maintenance';
  const weekly = planned && draft.repeat === 'weekly';
  const from =
    planned && !weekly && draft.begins === 'at' ? instantOfTyped(draft.from, zone) : undefined;
  const until = weekly ? undefined : endOf(draft.end, from ? Date.parse(from) : now, zone);
  const beginMissing = planned && !weekly && draft.begins === 'at' && from === undefined;

  const missing: DraftField[] = [
    ...(target.ok ? [] : (['target'] as const)),
    ...(draft.reason.trim() === '' ? (['reason'] as const) : []),
    ...(beginMissing ? (['from'] as const) : []),
    ...(until === 'unfinished' || (planned && !weekly && until === undefined)
      ? (['until'] as const)
      : []),
    ...(weekly && draft.weekly.days.length === 0 ? (['weekly'] as const) : []),
  ];
  if (!target.ok || missing.length > 0) return { missing };
  return {
    wish: {
      purpose: draft.purpose,
      target: target.value,
      env: draft.env || undefined,
      reason: draft.reason.trim(),
      from,
      until: until === 'unfinished' ? undefined : until,
      weekly: weekly ? draft.weekly : undefined,
    },
  };
};
