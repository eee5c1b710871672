import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ComponentProps, useState } from 'react';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import type { Scope } from '../../ui/scope.ts';
import { useNow } from '../../ui/time/time-provider.tsx';
import type { LogConditions } from './log-query.ts';
import { LogTable } from './log-table.tsx';
import { useLiveTail } from './use-live-tail.ts';

/** What a search finds from now on, the newest at the bottom. */
export const TailView = ({
  scope,
  conditions,
  table,
}: {
  scope: Scope;
  conditions: LogConditions;
  table: Omit<ComponentProps<typeof LogTable>, 'rows' | 'follow' | 'footer'>;
}) => {
  const t = useT();
  const [paused, setPaused] = useState(false);
  const { rows, cut, error, clear } = useLiveTail(!paused, { scope, conditions }, useNow());

  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="xs">
        <Button onClick={() => setPaused(!paused)}>
          {paused ? t('logs.tail.resume') : t('logs.tail.pause')}
        </Button>
        <Button onClick={clear}>{t('logs.tail.clear')}</Button>
        <Box padding={{ top: 'xs' }}>{t('logs.found', { count: rows.length })}</Box>
      </SpaceBetween>
      {cut && <Alert type="warning">{t('logs.tail.cut')}</Alert>}
      {error !== undefined && <ProblemAlert error={error} />}
      <LogTable
        {...table}
        rows={rows}
        follow={!paused}
        footer={!paused && <Box color="text-body-secondary">{t('logs.tail.waiting')}</Box>}
      />
    </SpaceBetween>
  );
};
