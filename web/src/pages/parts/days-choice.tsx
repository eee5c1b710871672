import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useT } from '../../ui/i18n/language-provider.tsx';

const choices = ['1', '7', '31', '90'] as const;
export type Days = (typeof choices)[number];

/** How far a list of what was sent reaches back. */
export const DaysChoice = ({ days, onChange }: { days: Days; onChange: (days: Days) => void }) => {
  const t = useT();
  return (
    <SegmentedControl
      label={t('audit.range')}
      selectedId={days}
      options={choices.map((id) => ({ id, text: t('notices.days', { count: Number(id) }) }))}
      onChange={({ detail }) => onChange(detail.selectedId as Days)}
    />
  );
};

/** The beginning of a list that reaches `days` back. */
export const daysAgo = (days: Days, now: number): string =>
  new Date(now - Number(days) * 86_400_000).toISOString();
