import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import {
  logDays,
  problemOfRange,
  type TimeRange,
} from '../../../../shared/domain/log/time-presets.ts';
import {
  defaultSpan,
  type TimePreset,
  timePresets,
} from '../../../../shared/domain/log/time-span.ts';
import { InstantInput, instantOfTyped, type TypedInstant } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import { typedOf } from './typed-of.ts';

const choices = [defaultSpan, ...timePresets] as const;
export type ChosenSpan = TimePreset | typeof defaultSpan;

/** The fourteen choices and the default beside them; an own range is checked before it is used (W55). */
export const TimePanel = ({
  span,
  range,
  onChange,
}: {
  span: ChosenSpan;
  range: TimeRange;
  onChange: (span: ChosenSpan, range?: TimeRange) => void;
}) => {
  const t = useT();
  const [open, setOpen] = useState(false);
  const labelOf = (value: ChosenSpan) =>
    value === defaultSpan ? t('logs.default') : t(`logs.span.${value}`);

  return (
    <SpaceBetween size="xs">
      <FormField label={t('logs.time')}>
        <Select
          selectedOption={{ value: span, label: labelOf(span) }}
          options={choices.map((value) => ({ value, label: labelOf(value) }))}
          onChange={({ detail }) => {
            const chosen = detail.selectedOption.value as ChosenSpan;
            if (chosen === 'custom') setOpen(true);
            else {
              setOpen(false);
              onChange(chosen);
            }
          }}
        />
      </FormField>
      {(open || span === 'custom') && (
        <OwnRange
          key={`${range.from} ${range.to}`}
          range={range}
          onApply={(next) => onChange('custom', next)}
        />
      )}
    </SpaceBetween>
  );
};

const OwnRange = ({
  range,
  onApply,
}: {
  range: TimeRange;
  onApply: (range: TimeRange) => void;
}) => {
  const t = useT();
  const zone = useShownZone();
  const now = useNow();
  const [from, setFrom] = useState<TypedInstant>(() => typedOf(range.from, zone));
  const [to, setTo] = useState<TypedInstant>(() => typedOf(range.to, zone));
  const [problem, setProblem] = useState<string>();

  const apply = () => {
    const typed = { from: instantOfTyped(from, zone), to: instantOfTyped(to, zone) };
    if (!typed.from || !typed.to) return setProblem(t('logs.range.missing'));
    const next = { from: typed.from, to: typed.to };
    const wrong = problemOfRange(next, new Date(now()).toISOString());
    setProblem(
      wrong &&
        (wrong === 'order' ? t('logs.range.order') : t('logs.range.too-old', { days: logDays })),
    );
    if (!wrong) onApply(next);
  };

  return (
    <SpaceBetween size="xs">
      <InstantInput label={t('logs.from')} value={from} onChange={setFrom} />
      <InstantInput label={t('logs.to')} value={to} onChange={setTo} />
      {problem && <Alert type="error">{problem}</Alert>}
      <Button onClick={apply}>{t('logs.apply')}</Button>
    </SpaceBetween>
  );
};
