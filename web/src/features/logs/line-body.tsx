import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { download } from '../../ui/log/download.ts';
import { FoundText, type Marks } from './found-text.tsx';
import { marksOfText } from './marks-of.ts';
import './logs.css';

/** The whole content of a line: wrapped, as formatted JSON, searched, saved as a file. */
export const LineBody = ({ row, marks }: { row: LogRow; marks: Marks }) => {
  const t = useT();
  const [wrap, setWrap] = useState(true);
  const [pretty, setPretty] = useState(true);
  const [find, setFind] = useState('');
  const json = prettyJson(row.text);
  const text = json !== undefined && pretty ? json : row.text;

  return (
    <SpaceBetween size="xs">
      <div className="logs-bar">
        <Input
          type="search"
          value={find}
          placeholder={t('log.search')}
          ariaLabel={t('log.search')}
          onChange={({ detail }) => setFind(detail.value)}
        />
        <Toggle checked={wrap} onChange={({ detail }) => setWrap(detail.checked)}>
          {t('logs.wrap')}
        </Toggle>
        {json !== undefined && (
          <Toggle checked={pretty} onChange={({ detail }) => setPretty(detail.checked)}>
            {t('logs.json')}
          </Toggle>
        )}
        <Button
          iconName="download"
          variant="icon"
          ariaLabel={t('logs.download')}
          onClick={() => download(`${row.runId}-${row.task}.log`, row.text)}
        />
      </div>
      <pre className={`logs-body ${wrap ? 'logs-body-wrap' : ''}`}>
        <FoundText text={text} marks={find.trim() ? marksOfText(find) : marks} />
      </pre>
    </SpaceBetween>
  );
};

/** An object or a list as indented JSON; undefined when the text is none. */
const prettyJson = (text: string): string | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
};
