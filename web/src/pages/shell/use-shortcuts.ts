import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { refreshPage } from '../../api/auto-refresh.ts';
import { type Target, useGo } from '../../ui/link.tsx';
import { isPlainKey } from '../../ui/list/is-plain-key.ts';

const places: Readonly<Record<string, Target['to']>> = {
  h: '/',
  w: '/workflows',
  r: '/runs',
  i: '/instances',
  s: '/system/health',
};

/** How long `g` waits for the letter that says where to. */
const chordMs = 1_500;

/** The keys that work on every page; never while somebody types or a dialog is open. */
export const useShortcuts = (open: (what: 'palette' | 'keys') => void): void => {
  const client = useQueryClient();
  const { go } = useGo();

  // A render between the two keys must not forget the first.
  const chordUntil = useRef(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        return open('palette');
      }
      if (!isPlainKey(event)) return;

      const place = event.timeStamp < chordUntil.current ? places[event.key] : undefined;
      chordUntil.current = event.key === 'g' ? event.timeStamp + chordMs : 0;
      if (place) {
        event.preventDefault();
        return go({ to: place });
      }
      if (event.key === '?') return open('keys');
      if (event.key === 'r') return void refreshPage(client);
      if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('#content input:not([type=checkbox])')?.focus();
      }
    };

    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
};
