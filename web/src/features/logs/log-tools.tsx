import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import Toggle from '@cloudscape-design/components/toggle';
import type { ReactNode } from 'react';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { LogOrder } from './logs.queries.ts';
import { refreshChoices } from './use-refresh.ts';
import './logs.css';

/** Order, wrapping, auto refresh and live tail of the list. */
export const LogTools = ({
  order,
  wrap,
  refresh,
  tail,
  onOrder,
  onWrap,
  onTail,
  children,
}: {
  order: LogOrder;
  wrap: boolean;
  refresh: {
    readonly seconds: number;
    /** The range grows: only then there is something to refresh. */
    readonly possible: boolean;
    readonly paused: boolean;
    readonly wait: number;
    readonly choose: (seconds: number) => void;
  };
  tail: boolean;
  onOrder: (order: LogOrder) => void;
  onWrap: (wrap: boolean) => void;
  onTail: (on: boolean) => void;
  children: ReactNode;
}) => {
  const t = useT();
  const on = refresh.seconds > 0;

  return (
    <div className="logs-bar">
      <FormField label={t('logs.order')}>
        <Select
          disabled={tail}
          selectedOption={{ value: order, label: t(`logs.order.${order}`) }}
          options={(['desc', 'asc'] as const).map((value) => ({
            value,
            label: t(`logs.order.${value}`),
          }))}
          onChange={({ detail }) => onOrder(detail.selectedOption.value as LogOrder)}
        />
      </FormField>
      <Toggle checked={wrap} onChange={({ detail }) => onWrap(detail.checked)}>
        {t('logs.wrap')}
      </Toggle>
      <Toggle
        checked={on && refresh.possible}
        disabled={!refresh.possible || tail}
        onChange={({ detail }) => refresh.choose(detail.checked ? 10 : 0)}
      >
        {t('logs.refresh')}
      </Toggle>
      {on && refresh.possible && !tail && (
        <Select
          ariaLabel={t('logs.refresh')}
          selectedOption={{
            value: String(refresh.seconds),
            label: t('logs.refresh.every', { seconds: refresh.seconds }),
          }}
          options={refreshChoices
            .filter((seconds) => seconds > 0)
            .map((seconds) => ({
              value: String(seconds),
              label: t('logs.refresh.every', { seconds }),
            }))}
          onChange={({ detail }) => refresh.choose(Number(detail.selectedOption.value))}
        />
      )}
      <Button iconName={tail ? 'close' : 'play'} onClick={() => onTail(!tail)}>
        {tail ? t('logs.tail.on') : t('logs.tail')}
      </Button>
      {children}
      <Box color="text-status-inactive" fontSize="body-s">
        {!refresh.possible && t('logs.refresh.off-past')}
        {on && refresh.possible && refresh.paused && t('logs.refresh.waiting')}
        {on &&
          refresh.possible &&
          refresh.wait > refresh.seconds &&
          t('logs.refresh.slower', { seconds: refresh.wait })}
      </Box>
    </div>
  );
};
