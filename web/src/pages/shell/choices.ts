import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';

/** Menu items of which one is chosen: `[id, text]` pairs. */
export const choices = (
  pairs: readonly (readonly [id: string, text: string])[],
  chosen: string,
): ButtonDropdownProps.CheckboxItem[] =>
  pairs.map(([id, text]) => ({ itemType: 'checkbox', id, text, checked: id === chosen }));
