import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { DagMenuItem } from './dag.ts';

/** The menu of a node where somebody clicked right: arrows choose, Enter does it, Esc or a click elsewhere closes. */
export const DagMenu = ({
  name,
  items,
  at,
  onChoose,
  onClose,
}: {
  name: string;
  items: readonly DagMenuItem[];
  at: { readonly x: number; readonly y: number };
  onChoose: (id: string) => void;
  onClose: () => void;
}) => {
  const menu = useRef<HTMLDivElement>(null);
  const entries = () => [...(menu.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];

  useEffect(() => {
    menu.current?.querySelector<HTMLButtonElement>('button')?.focus();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') return onClose();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = entries();
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(now + step + all.length) % all.length]?.focus();
  };

  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={name}
      className="dag-menu"
      style={{ insetInlineStart: at.x, insetBlockStart: at.y }}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onClose();
      }}
    >
      {items.map(({ id, text, refusal }) => (
        <button
          key={id}
          type="button"
          role="menuitem"
          aria-disabled={refusal !== undefined}
          onClick={() => {
            if (refusal === undefined) onChoose(id);
          }}
        >
          {text}
          {refusal && <span className="dag-refusal">{refusal}</span>}
        </button>
      ))}
    </div>
  );
};
