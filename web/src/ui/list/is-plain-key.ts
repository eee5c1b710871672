/** A key press that is a command: no modifier, nobody types, no dialog or menu is open. */
export const isPlainKey = (event: KeyboardEvent): boolean => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (document.querySelector('[role="dialog"]')) return false;

  const target = event.target;
  if (!(target instanceof HTMLElement)) return true;
  const input = target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
  return !(input || target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName));
};
