import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { Waiting } from '../../ui/feedback/waiting.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { LevelMark } from './level-mark.tsx';
import { logContextQuery } from './logs.queries.ts';
import './logs.css';

const step = 20;

/** What the same run wrote before and after a line: twenty lines on each side, then more on demand (W67). */
export const LineContext = ({ line, project }: { line: string; project: string }) => {
  const t = useT();
  const [sides, setSides] = useState({ before: step, after: step });
  const { data, error, isPending, isFetching } = useQuery(logContextQuery(line, sides));

  return (
    <ExpandableSection headerText={t('logs.context')} defaultExpanded>
      {error != null && <ProblemAlert error={error} />}
      {isPending && error == null && <Waiting />}
      {data && (
        <>
          {data.moreBefore && (
            <Button
              variant="inline-link"
              loading={isFetching}
              onClick={() => setSides((now) => ({ ...now, before: now.before + step }))}
            >
              {t('logs.context.before')}
            </Button>
          )}
          <ol className="logs-context">
            {data.items.map((row) => (
              <li key={row.id} className={row.id === line ? 'logs-here' : undefined}>
                <At at={row.at} project={project} /> <LevelMark level={row.level} /> {row.task}:{' '}
                <span className="logs-text">{row.text.slice(0, 300)}</span>
              </li>
            ))}
          </ol>
          {data.moreAfter && (
            <Button
              variant="inline-link"
              loading={isFetching}
              onClick={() => setSides((now) => ({ ...now, after: now.after + step }))}
            >
              {t('logs.context.after')}
            </Button>
          )}
        </>
      )}
    </ExpandableSection>
  );
};
