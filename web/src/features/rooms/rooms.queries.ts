import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { RoomEdit, RoomView } from '../../../../shared/contracts/api/room-routes.ts';
import type { Room } from '../../../../shared/domain/notice/channel.schema.ts';
import type { NotifySettings } from '../../../../shared/domain/notice/notify-settings.schema.ts';
import { call } from '../../api/call.ts';

const keys = { all: ['rooms'] } as const;

export const roomsQuery = () =>
  queryOptions({ queryKey: [...keys.all, 'list'], queryFn: () => call('listRooms', {}) });

export const notifySettingsQuery = () =>
  queryOptions({
    queryKey: [...keys.all, 'settings'],
    queryFn: () => call('getNotifySettings', {}),
  });

/** Creates a room, or replaces one; what is left empty of its secrets stays. */
export const useSaveRoom = () =>
  useChange(
    (
      room:
        | { readonly create: z.input<typeof Room> }
        | { readonly name: string; readonly rev: number; readonly edit: z.input<typeof RoomEdit> },
    ) =>
      'create' in room
        ? call('createRoom', { body: room.create })
        : call('updateRoom', { params: { name: room.name }, body: room.edit, ifMatch: room.rev }),
  );

export const useDeleteRoom = () =>
  useChange(({ name, rev }: RoomView) => call('deleteRoom', { params: { name }, ifMatch: rev }));

export const useTestRoom = () =>
  useChange(({ name }: RoomView) => call('testRoom', { params: { name } }));

export const useSaveNotifySettings = () =>
  useChange(({ settings, rev }: { settings: NotifySettings; rev: number }) =>
    call('putNotifySettings', { body: settings, ifMatch: rev }),
  );

const useChange = <Input, Reply>(change: (input: Input) => Promise<Reply>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
