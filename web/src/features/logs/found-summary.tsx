import Box from '@cloudscape-design/components/box';
import type { LogHistogram } from '../../../../shared/contracts/api/log-search.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useShownZone } from '../../ui/time/time-provider.tsx';
import { LevelMark } from './level-mark.tsx';
import { logLevels } from './log-query.ts';
import './logs.css';

/** What was found and what it took: never a silent end (B2). */
export const FoundSummary = ({ found: { counts, total, meta } }: { found: LogHistogram }) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();

  return (
    <Box color="text-body-secondary" fontSize="body-s">
      <span className="logs-bar" role="status">
        <strong>
          {meta.complete || !meta.searchedTo
            ? t('logs.found', { count: total })
            : t('logs.found-so-far', {
                count: total,
                to: formatInstant(meta.searchedTo, zone, language),
              })}
        </strong>
        {logLevels
          .filter((level) => counts[level] > 0)
          .map((level) => (
            <span key={level}>
              <LevelMark level={level} /> {counts[level]}
            </span>
          ))}
        <span>
          {t(meta.lines > 0 ? 'logs.meta' : 'logs.meta-counted', {
            lines: meta.lines,
            chunks: meta.chunks,
            skipped: meta.skipped,
            ms: Math.round(meta.elapsedMs),
          })}
        </span>
      </span>
    </Box>
  );
};
