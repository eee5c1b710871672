import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { roomView } from './room-view.ts';

/** Rooms without their secrets. */
export const listRooms =
  ({ catalog }: Pick<ApiStores, 'catalog'>): ApiHandlers<'messages'>['listRooms'] =>
  async () =>
    ok({ items: (await catalog.allRooms()).map(roomView) });
