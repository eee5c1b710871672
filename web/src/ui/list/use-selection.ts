import { useCallback, useMemo, useState } from 'react';
import type { Selection } from './list-table.tsx';

/** Selected rows by id, so that a refresh does not lose them. */
export const useSelection = <T>(
  idOf: (item: T) => string,
): Selection<T> & { readonly clear: () => void } => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const select = useCallback((items: readonly T[]) => setIds(new Set(items.map(idOf))), [idOf]);
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(() => ({ ids, select, clear }), [ids, select, clear]);
};
