import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo, useState } from 'react';
import type { LogEntry } from '../../../../shared/contracts/api/log-view.ts';
import { ProblemAlert } from '../feedback/problem-alert.tsx';
import { Waiting } from '../feedback/waiting.tsx';
import { useT } from '../i18n/language-provider.tsx';
import { useNow } from '../time/time-provider.tsx';
import { download } from './download.ts';
import { LogLines } from './log-lines.tsx';
import { textOfLine } from './text-of-line.ts';
import { type ReadLog, useLogTail } from './use-log-tail.ts';

const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
type Level = LogEntry['level'];

/** A log to read: search, level, jump to the first error, follow, wrap, download. */
export const LogView = ({
  name,
  logKey,
  read,
  live,
}: {
  /** Name of the downloaded file, without its ending. */
  name: string;
  logKey: string;
  read: ReadLog;
  /** More lines are to come: following is on from the start. */
  live: boolean;
}) => {
  const t = useT();
  const [find, setFind] = useState('');
  const [level, setLevel] = useState<Level>('DEBUG');
  const [follow, setFollow] = useState(live);
  const [wrap, setWrap] = useState(false);
  const [target, setTarget] = useState<{ line: number }>();
  const { lines, end, error } = useLogTail(logKey, read, follow, useNow());

  const shown = useMemo(
    () => lines.filter((line) => levels.indexOf(line.level) >= levels.indexOf(level)),
    [lines, level],
  );
  const text = find.trim().toLowerCase();
  const matches = useMemo(
    () => (text ? shown.filter((line) => line.text.toLowerCase().includes(text)).length : 0),
    [shown, text],
  );
  const firstError = shown.findIndex((line) => line.level === 'ERROR');
  const labelOf = (value: Level) => (value === 'DEBUG' ? t('log.level-all') : `≥ ${value}`);

  return (
    <SpaceBetween size="s">
      <div className="log-tools">
        <Input
          type="search"
          value={find}
          onChange={({ detail }) => setFind(detail.value)}
          placeholder={t('log.search')}
          ariaLabel={t('log.search')}
        />
        <Select
          selectedOption={{ value: level, label: labelOf(level) }}
          options={levels.map((value) => ({ value, label: labelOf(value) }))}
          onChange={({ detail }) => setLevel(detail.selectedOption.value as Level)}
          ariaLabel={t('log.level')}
        />
        <Button disabled={firstError < 0} onClick={() => setTarget({ line: firstError })}>
          {t('log.first-error')}
        </Button>
        <Toggle checked={follow} onChange={({ detail }) => setFollow(detail.checked)}>
          {t('log.follow')}
        </Toggle>
        <Toggle checked={wrap} onChange={({ detail }) => setWrap(detail.checked)}>
          {t('log.wrap')}
        </Toggle>
        <Button
          iconName="download"
          variant="icon"
          ariaLabel={t('log.download')}
          disabled={lines.length === 0}
          onClick={() => download(`${name}.log`, `${lines.map(textOfLine).join('\n')}\n`)}
        />
        <Box color="text-body-secondary">
          {text ? t('log.matches', { count: matches }) : t('log.lines', { count: shown.length })}
        </Box>
      </div>
      {error !== undefined && <ProblemAlert error={error} />}
      {shown.length > 0 && (
        <LogLines lines={shown} find={text} wrap={wrap} follow={follow} target={target} />
      )}
      {shown.length === 0 &&
        error === undefined &&
        (end ? <Box>{t('log.empty')}</Box> : <Waiting />)}
    </SpaceBetween>
  );
};
