import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import { useT } from '../i18n/language-provider.tsx';

type Item = {
  readonly id: string;
  readonly text: string;
  readonly note?: string | undefined;
  readonly after?: ReactNode;
};

/** More would not fit into a dialog. */
const most = 12;

/** A headed list of names, each with a note; the rest is counted. */
export const ItemList = ({ title, items }: { title: string; items: readonly Item[] }) => {
  const t = useT();

  return (
    <div>
      <Box variant="h3">{title}</Box>
      <ul className="plain-list">
        {items.slice(0, most).map(({ id, text, note, after }) => (
          <li key={id}>
            {text}
            {note && ' · '}
            {note && <Box variant="small">{note}</Box>}
            {after}
          </li>
        ))}
        {items.length > most && <li>{t('common.more', { count: items.length - most })}</li>}
      </ul>
    </div>
  );
};
