import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Weekday } from '../../../../shared/domain/pool/pool.schema.ts';
import { errorAt, type FieldErrors } from '../../ui/form/field-errors.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { WindowDraft } from './rule-draft.ts';

/** More are refused. */
const most = 10;

const fresh: WindowDraft = {
  days: [...Weekday.options],
  from: '00:00',
  to: '06:00',
  maxConcurrency: '0',
};

/** The hours at which another limit holds. */
export const WindowFields = ({
  windows,
  errors,
  onChange,
}: {
  windows: readonly WindowDraft[];
  errors: FieldErrors;
  onChange: (windows: WindowDraft[]) => void;
}) => {
  const t = useT();
  const change = (at: number, part: Partial<WindowDraft>) =>
    onChange(windows.map((window, n) => (n === at ? { ...window, ...part } : window)));
  const days = (values: readonly string[]) =>
    Weekday.options
      .filter((day) => values.includes(day))
      .map((day) => ({ value: day, label: t(`weekday.${day}`) }));

  return (
    <FormField
      label={t('throttling.windows')}
      constraintText={t('throttling.window-hint')}
      errorText={windows.length > most ? errorAt(errors, 'windows') : undefined}
      stretch
    >
      <SpaceBetween size="m">
        {windows.length === 0 && <Box>{t('throttling.window-none')}</Box>}
        {windows.map(({ days: on, from, to, maxConcurrency }, at) => (
          // Windows have no name: their place is who they are.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <SpaceBetween size="xs" key={at}>
            <FormField
              label={t('throttling.window-days')}
              errorText={errorAt(errors, `windows.${at}.days`)}
              stretch
            >
              <Multiselect
                inlineTokens
                selectedOptions={days(on)}
                options={days(Weekday.options)}
                onChange={({ detail }) =>
                  change(at, {
                    days: detail.selectedOptions.map(({ value }) => Weekday.parse(value)),
                  })
                }
              />
            </FormField>
            <Grid gridDefinition={[{ colspan: 4 }, { colspan: 4 }, { colspan: 4 }]}>
              <FormField
                label={t('throttling.window-from')}
                errorText={errorAt(errors, `windows.${at}.from`)}
              >
                <Input
                  value={from}
                  placeholder="22:00"
                  onChange={({ detail }) => change(at, { from: detail.value })}
                />
              </FormField>
              <FormField
                label={t('throttling.window-to')}
                errorText={errorAt(errors, `windows.${at}.to`)}
              >
                <Input
                  value={to}
                  placeholder="06:00"
                  onChange={({ detail }) => change(at, { to: detail.value })}
                />
              </FormField>
              <FormField
                label={t('throttling.limit')}
                errorText={errorAt(errors, `windows.${at}.maxConcurrency`)}
              >
                <Input
                  type="number"
                  inputMode="numeric"
                  value={maxConcurrency}
                  onChange={({ detail }) => change(at, { maxConcurrency: detail.value })}
                />
              </FormField>
            </Grid>
            <Button
              variant="inline-link"
              onClick={() => onChange(windows.filter((_, n) => n !== at))}
            >
              {t('throttling.window-remove', { at: at + 1 })}
            </Button>
          </SpaceBetween>
        ))}
        <Button
          iconName="add-plus"
          formAction="none"
          disabled={windows.length >= most}
          onClick={() => onChange([...windows, fresh])}
        >
          {t('throttling.window-add')}
        </Button>
      </SpaceBetween>
    </FormField>
  );
};
