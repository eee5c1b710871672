import { type RefObject, useEffect, useState } from 'react';

/** Whether an element fills the screen, and the switch; Esc leaves, too. */
export const useFullScreen = (
  element: RefObject<HTMLElement | null>,
): { readonly on: boolean; readonly toggle: () => void } => {
  const [on, setOn] = useState(false);

  useEffect(() => {
    const look = () =>
      setOn(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, [element]);

  return {
    on,
    // A browser that refuses leaves the picture where it is.
    toggle: () =>
      void (on ? document.exitFullscreen() : element.current?.requestFullscreen())?.catch(() => {}),
  };
};
