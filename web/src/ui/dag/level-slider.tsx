import FormField from '@cloudscape-design/components/form-field';
import Slider from '@cloudscape-design/components/slider';
import { useT } from '../i18n/language-provider.tsx';

const mostLevels = 10;
/** The place behind the last number. */
const all = mostLevels + 1;

/** How many levels of a graph are shown: 0 to 10, or `all`. */
export const LevelSlider = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) => {
  const t = useT();
  const place = value === 'all' ? all : Number(value);
  const textOf = (at: number) => (at === all ? t('dag.level-all') : String(at));

  return (
    <div className="dag-levels">
      <FormField label={`${label}: ${textOf(place)}`}>
        <Slider
          ariaLabel={label}
          min={0}
          max={all}
          value={place}
          valueFormatter={textOf}
          hideFillLine={false}
          onChange={({ detail }) => onChange(detail.value === all ? 'all' : String(detail.value))}
        />
      </FormField>
    </div>
  );
};
