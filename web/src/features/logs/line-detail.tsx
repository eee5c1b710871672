import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useEffect } from 'react';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import { useSay } from '../../ui/feedback/notices.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import type { Marks } from './found-text.tsx';
import { LevelMark } from './level-mark.tsx';
import { LineBody } from './line-body.tsx';
import { LineContext } from './line-context.tsx';
import type { LogConditions } from './log-query.ts';
import './logs.css';

/** Everything about one line, at the right of the list (W60); Escape closes it. */
export const LineDetail = ({
  row,
  parts,
  marks,
  linkOf,
  onTrace,
  onNarrow,
  onClose,
  actions,
}: {
  row: LogRow;
  /** All parts of a line that was cut, in order; else none. */
  parts: readonly LogRow[];
  marks: Marks;
  /** Address that opens this very line. */
  linkOf: (row: LogRow) => string;
  onTrace: (run: string) => void;
  onNarrow: (conditions: LogConditions) => void;
  onClose: () => void;
  actions?: ReactNode;
}) => {
  const t = useT();
  const say = useSay();
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('[role="dialog"]')) onClose();
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [onClose]);

  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    say({ type: 'success', content: t('logs.copied') });
  };
  const narrow = (label: string, name: keyof LogConditions, value: string) => ({
    label,
    value: (
      <Button
        variant="inline-link"
        ariaLabel={t('logs.only', { value: `${label} ${value}` })}
        onClick={() => onNarrow({ [name]: value })}
      >
        {value}
      </Button>
    ),
  });

  return (
    <aside className="logs-detail" aria-label={t('logs.details')}>
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xxs">
                <Button
                  iconName="close"
                  variant="icon"
                  ariaLabel={t('logs.close')}
                  onClick={onClose}
                />
              </SpaceBetween>
            }
          >
            <LevelMark level={row.level} /> <At at={row.at} project={row.project} form="full" />
          </Header>
        }
      >
        <SpaceBetween size="m">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => onTrace(row.runId)}>{t('logs.trace')}</Button>
            <Button iconName="copy" onClick={() => void copy(row.runId)}>
              {t('logs.copy-job')}
            </Button>
            <Button
              iconName="share"
              onClick={() => void copy(new URL(linkOf(row), location.href).href)}
            >
              {t('logs.permalink')}
            </Button>
            <Button iconName="copy" onClick={() => void copy(JSON.stringify(row, null, 2))}>
              {t('logs.copy-json')}
            </Button>
            {actions}
          </SpaceBetween>
          {row.part && (
            <Box color="text-body-secondary">
              {t('logs.part', { n: row.part.n, of: row.part.of })}
            </Box>
          )}
          <LineBody
            row={parts.length > 1 ? { ...row, text: parts.map(({ text }) => text).join('') } : row}
            marks={marks}
          />
          <KeyValuePairs
            columns={2}
            items={[
              { label: t('logs.time'), value: `${row.at}` },
              narrow(t('logs.level'), 'level', row.level),
              { label: t('logs.application'), value: row.project },
              narrow(t('logs.flow'), 'workflow', row.workflow),
              narrow(t('logs.component'), 'task', row.task),
              narrow(t('logs.version'), 'version', String(row.version)),
              narrow(t('logs.operation'), 'operation', row.operation),
              narrow(t('logs.category'), 'category', row.category),
              { label: t('logs.region'), value: row.region },
              { label: t('logs.attempt'), value: String(row.attempt) },
              {
                label: t('logs.job'),
                value: (
                  <RouteLink to="/runs/$run" params={{ run: row.runId }}>
                    {row.runId}
                  </RouteLink>
                ),
              },
              {
                label: t('logs.instance'),
                value: (
                  <RouteLink to="/instances/$instance" params={{ instance: row.instance }}>
                    {t('logs.open-instance')}
                  </RouteLink>
                ),
              },
              ...(row.retry
                ? [{ label: t('logs.retry'), value: t(`logs.retry.${row.retry}`) }]
                : []),
              ...(row.retriedBy
                ? [
                    {
                      label: t('logs.retried-by'),
                      value: (
                        <RouteLink to="/runs/$run" params={{ run: row.retriedBy }}>
                          {row.retriedBy}
                        </RouteLink>
                      ),
                    },
                  ]
                : []),
              ...Object.entries(row.fields ?? {}).map(([name, value]) => ({
                label: name,
                value: String(value),
              })),
            ]}
          />
          <LineContext key={row.id} line={row.id} project={row.project} />
        </SpaceBetween>
      </Container>
    </aside>
  );
};
