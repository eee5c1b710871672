import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import {
  monitoringReachDays,
  oldestMonitored,
} from '../../../../shared/domain/monitoring/monitoring-window.ts';
import { localDateAt } from '../../../../shared/domain/schedule/local-date-at.ts';
import { InstantInput, instantOfTyped, type TypedInstant } from '../../ui/form/instant-input.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import {
  type AskedWindow,
  chosenWindow,
  type MonitoringRange,
  monitoringRanges,
} from './monitoring-range.ts';

/** Presets, and a beginning and an end of one's own; what lies too far back cannot be chosen (W53). */
export const WindowPicker = ({
  asked,
  zone,
  onChange,
}: {
  asked: AskedWindow;
  /** Of the project: it says how far back one can go. */
  zone: string;
  onChange: (asked: AskedWindow) => void;
}) => {
  const t = useT();
  const [custom, setCustom] = useState(chosenWindow(asked) === 'custom');

  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label={t('monitoring.window')}
        selectedId={custom ? 'custom' : chosenWindow(asked)}
        options={[...monitoringRanges, 'custom' as const].map((id) => ({
          id,
          text: t(`monitoring.range.${id}`),
        }))}
        onChange={({ detail }) => {
          setCustom(detail.selectedId === 'custom');
          if (detail.selectedId === 'custom') return;
          const range = detail.selectedId as MonitoringRange;
          onChange({ range: range === 'today' ? undefined : range });
        }}
      />
      {custom && <OwnWindow asked={asked} zone={zone} onChange={onChange} />}
    </SpaceBetween>
  );
};

const OwnWindow = ({
  asked,
  zone,
  onChange,
}: {
  asked: AskedWindow;
  zone: string;
  onChange: (asked: AskedWindow) => void;
}) => {
  const t = useT();
  const now = useNow();
  const shown = useShownZone();
  const [from, setFrom] = useState(typedOf(asked.from, shown));
  const [to, setTo] = useState(typedOf(asked.to, shown));
  const oldest = oldestMonitored(isoOf(now()), zone);
  const [first, last] = [localDateAt(oldest, shown), localDateAt(isoOf(now()), shown)];
  const isEnabled = (day: string) => day >= first && day <= last;
  const begin = instantOfTyped(from, shown);
  const end = instantOfTyped(to, shown);
  const tooOld = begin !== undefined && begin < oldest;
  const reversed = begin !== undefined && end !== undefined && end <= begin;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (begin && end && !tooOld && !reversed) onChange({ from: begin, to: end });
      }}
    >
      <SpaceBetween size="s">
        <Box color="text-body-secondary">
          {t('monitoring.reach', { days: monitoringReachDays })}
        </Box>
        <InstantInput
          label={t('monitoring.from')}
          value={from}
          isDateEnabled={isEnabled}
          errorText={tooOld ? t('monitoring.too-old', { days: monitoringReachDays }) : undefined}
          onChange={setFrom}
        />
        <InstantInput
          label={t('monitoring.to')}
          value={to}
          isDateEnabled={isEnabled}
          errorText={reversed ? t('monitoring.reversed') : undefined}
          onChange={setTo}
        />
        <Button
          formAction="submit"
          disabled={!begin || !end || tooOld || reversed}
          disabledReason={t('monitoring.incomplete')}
        >
          {t('monitoring.apply')}
        </Button>
        {(tooOld || reversed) && <Alert type="error">{t('monitoring.cannot')}</Alert>}
      </SpaceBetween>
    </form>
  );
};

const typedOf = (at: string | undefined, zone: string): TypedInstant => {
  if (at === undefined) return { date: '', time: '' };
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(new Date(at));
  return { date: localDateAt(at, zone), time };
};
