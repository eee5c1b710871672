import { type RefObject, useEffect, useRef } from 'react';
import { isPlainKey } from './is-plain-key.ts';

/** j and k move along the rows' links, x selects; Enter then opens the link by itself. */
export const useRowKeys = (onSelect: (row: number) => void): RefObject<HTMLDivElement | null> => {
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || !['j', 'k', 'x'].includes(event.key)) return;
      const links = linksOf(ref.current);
      const now = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));

      if (event.key === 'x') {
        if (now >= 0) onSelect(now);
        return;
      }
      const next = now < 0 ? 0 : now + (event.key === 'j' ? 1 : -1);
      links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
    };

    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return ref;
};

/** The first link of each row, in order. */
const linksOf = (list: HTMLElement | null): HTMLAnchorElement[] =>
  [...(list?.querySelectorAll('tbody tr') ?? [])].flatMap(
    (row) => row.querySelector<HTMLAnchorElement>('a[href]') ?? [],
  );
