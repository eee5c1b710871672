import { useEffect, useRef, useState } from 'react';

/** Choices of the interval, in seconds; 0 is off. */
export const refreshChoices = [0, 5, 10, 30, 60] as const;

const slowest = 60;

/** The wait after `failures` failed refreshes in a row: twice as long each time, at most a minute. */
export const waitSeconds = (seconds: number, failures: number): number =>
  Math.max(seconds, Math.min(slowest, seconds * 2 ** failures));

/**
 * Calls `refresh` again and again, never two at a time and not while the page is hidden. `seconds` 0 or `enabled` false
 * stops it (W59). Answers how long the wait is now.
 */
export const useRefresh = (
  seconds: number,
  enabled: boolean,
  refresh: () => Promise<boolean>,
): number => {
  const [failures, setFailures] = useState(0);
  const latest = useRef(refresh);
  latest.current = refresh;
  const wait = waitSeconds(seconds, failures);

  useEffect(() => {
    if (seconds === 0 || !enabled) return;
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const plan = () => {
      timer = setTimeout(async () => {
        const fine = document.hidden || (await latest.current());
        if (gone) return;
        setFailures((before) => (fine ? 0 : before + 1));
        plan();
      }, wait * 1000);
    };
    plan();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [seconds, enabled, wait]);

  return wait;
};
