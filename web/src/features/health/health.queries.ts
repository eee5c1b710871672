import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export const healthQuery = () =>
  queryOptions({ queryKey: ['health'], queryFn: () => call('getHealth', {}) });
