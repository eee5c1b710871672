import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Somebody has selected rows: a refresh would pull them away. */
const holders = new Set<symbol>();

/** Stops the automatic refresh as long as the component is shown and `hold` is true. */
export const useHoldRefresh = (hold: boolean): void => {
  useEffect(() => {
    if (!hold) return;
    const holder = Symbol('hold');
    holders.add(holder);
    return () => {
      holders.delete(holder);
    };
  }, [hold]);
};

const isTyping = (): boolean => {
  const focused = document.activeElement;
  return (
    focused instanceof HTMLElement &&
    (focused.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(focused.tagName))
  );
};

/** Reads everything on the page anew, except what never changes (`meta.live === false`). */
export const refreshPage = (client: QueryClient): Promise<void> =>
  client.refetchQueries(
    { type: 'active', predicate: ({ meta }) => meta?.live !== false },
    { cancelRefetch: false },
  );

/**
 * Refreshes the page `seconds` after the last refresh has ended (0: never). Waits while the page is hidden, somebody
 * types, a dialog is open or rows are selected.
 */
export const useAutoRefresh = (client: QueryClient, seconds: number): void => {
  useEffect(() => {
    if (seconds === 0) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(async () => {
        const busy =
          document.hidden ||
          isTyping() ||
          holders.size > 0 ||
          document.querySelector('[role="dialog"]') !== null;
        if (!busy) await refreshPage(client);
        wait();
      }, seconds * 1_000);
    };
    wait();
    return () => clearTimeout(timer);
  }, [client, seconds]);
};
