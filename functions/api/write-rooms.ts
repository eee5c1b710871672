import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Room } from '../../shared/domain/notice/channel.schema.ts';
import { problemOfRoom } from '../../shared/domain/notice/problem-of-room.ts';
import type { TryRoom } from '../channels/try-room.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { removeUnnamed } from './find-namers.ts';
import { roomView } from './room-view.ts';
import { createDocument, forEdit, stale } from './save-document.ts';
import { systemProject, writeAudit } from './write-audit.ts';

/** Rooms that notices are posted to. The operation log names the host of an address, never the address. */
export const writeRooms = (
  stores: ApiStores,
  tryRoom: TryRoom,
): Pick<ApiHandlers<'tell'>, 'createRoom' | 'updateRoom' | 'deleteRoom' | 'testRoom'> => {
  const { catalog } = stores;
  const noted = (name: string) => ({ object: `room:${name}`, project: systemProject });
  const seen = (room: Room) => roomView({ ...room, rev: 1 });

  return {
    async createRoom({ body }, context) {
      const wrong = wrongRoom(body);
      if (wrong) return wrong;
      const saved = createDocument(body.name, await catalog.saveRoom(body, undefined));
      if (!saved.ok) return saved;
      await writeAudit(stores, context, {
        ...{ ...noted(body.name), action: 'create', after: seen(body) },
      });
      return ok(roomView(saved.value));
    },

    async updateRoom({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findRoom(name), context.rev, noRoom(name));
      if (!before.ok) return before;
      const { url, secret, ...rest } = body;
      const kept = secret === undefined ? before.value.secret : (secret ?? undefined);
      const room: Room = {
        ...rest,
        ...{ name, kind: before.value.kind, url: url ?? before.value.url },
        ...(kept === undefined ? {} : { secret: kept }),
      };
      const wrong = wrongRoom(room);
      if (wrong) return wrong;
      const saved = await catalog.saveRoom(room, context.rev);
      if (!saved.ok) return stale(undefined);
      await writeAudit(stores, context, {
        ...{ ...noted(name), action: 'update' },
        ...{ before: seen(before.value), after: seen(room) },
      });
      return ok(roomView(saved.value));
    },

    async deleteRoom({ params: { name } }, context) {
      const before = forEdit(await catalog.findRoom(name), context.rev, noRoom(name));
      if (!before.ok) return before;
      const removed = await removeUnnamed(catalog, { kind: 'room', name }, context.rev);
      if (!removed.ok) return removed;
      await writeAudit(stores, context, {
        ...{ ...noted(name), action: 'delete', before: seen(before.value) },
      });
      return removed;
    },

    async testRoom({ params: { name } }, context) {
      const room = await catalog.findRoom(name);
      if (!room) return err(noRoom(name));
      const answer = await tryRoom(room, { at: stores.clock(), id: context.requestId });
      await writeAudit(stores, context, { ...noted(name), action: 'test', after: answer });
      return ok(answer);
    },
  };
};

const wrongRoom = (room: Room) => {
  const problem = problemOfRoom(room, new URL(room.url));
  if (problem === undefined) return undefined;
  return err({
    code: 'invalid-input' as const,
    detail: problem.message,
    errors: [{ path: `body.${problem.field}`, message: problem.message }],
  });
};

const noRoom = (name: string) =>
  ({ code: 'room-not-found', detail: `there is no room ${name}` }) as const;
