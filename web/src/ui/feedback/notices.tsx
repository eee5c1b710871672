import Flashbar from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useT } from '../i18n/language-provider.tsx';

export type Notice = {
  readonly type: 'success' | 'error' | 'warning' | 'info';
  readonly header?: string | undefined;
  readonly content?: ReactNode;
};

type Notices = {
  readonly shown: readonly (Notice & { readonly id: string })[];
  readonly say: (notice: Notice) => void;
  readonly dismiss: (id: string) => void;
};

/** Old notices make room: only the newest few stay. */
const most = 5;
const NoticesContext = createContext<Notices | undefined>(undefined);

export const NoticesProvider = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState<Notices['shown']>([]);

  const say = useCallback((notice: Notice) => {
    setShown((before) => [{ ...notice, id: crypto.randomUUID() }, ...before].slice(0, most));
  }, []);
  const dismiss = useCallback((id: string) => {
    setShown((before) => before.filter((notice) => notice.id !== id));
  }, []);
  const notices = useMemo(() => ({ shown, say, dismiss }), [shown, say, dismiss]);

  return <NoticesContext value={notices}>{children}</NoticesContext>;
};

const useNotices = (): Notices => {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('no NoticesProvider above');
  return notices;
};

/** Shows a notice at the top of the page. */
export const useSay = (): Notices['say'] => useNotices().say;

export const NoticeBar = () => {
  const t = useT();
  const { shown, dismiss } = useNotices();

  return (
    <Flashbar
      stackItems
      items={shown.map((notice) => ({
        ...notice,
        dismissible: true,
        dismissLabel: t('shell.dismiss'),
        ariaRole: notice.type === 'error' ? 'alert' : 'status',
        onDismiss: () => dismiss(notice.id),
      }))}
    />
  );
};
