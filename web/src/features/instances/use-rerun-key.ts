import { useEffect } from 'react';
import { isPlainKey } from '../../ui/list/is-plain-key.ts';

/** Shift+R reruns what is selected; never while somebody types or a dialog is open. */
export const useRerunKey = (onRerun: () => void): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'R' || !event.shiftKey || !isPlainKey(event)) return;
      event.preventDefault();
      onRerun();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
};
