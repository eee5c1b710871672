import * as z from 'zod';
import { Room } from '../../domain/notice/channel.schema.ts';
import { nameParams, none } from './common.ts';
import type { RouteContract } from './route.ts';

/** A room without its secrets. */
export const RoomView = Room.omit({ url: true, secret: true })
  .extend({
    address: z.string().meta({
      description: 'where it is posted to, with all that is secret replaced by dots',
      example: 'https://hooks.slack.com/…a1b2',
    }),
    signed: z.boolean().meta({ description: 'it has a secret' }),
    rev: z.int().min(1),
  })
  .meta({ id: 'RoomView' });
export type RoomView = z.infer<typeof RoomView>;

/** `url` left out: the stored one stays. `secret` left out: it stays; null: it is removed. */
export const RoomEdit = Room.omit({ name: true, kind: true })
  .extend({ url: Room.shape.url.optional(), secret: z.string().max(512).nullish() })
  .meta({ id: 'RoomEdit' });

/** What came of a message that was sent to try a room. */
const RoomTest = z
  .object({
    sent: z.boolean(),
    messageId: z.string().optional(),
    problem: z.string().optional().meta({ description: 'why it did not arrive, in words' }),
    retryAfterSeconds: z.int().optional(),
  })
  .meta({ id: 'RoomTest' });

const edit = {
  tag: 'rooms',
  role: 'admin',
  project: 'system',
  lambda: 'tell',
  idempotency: 'optional',
  query: none,
} as const;

/** Rooms and programs that notices are posted to. Everybody who signs in may choose from them; administrators keep them. */
export const roomRoutes = {
  listRooms: {
    method: 'GET',
    path: '/api/rooms',
    summary: 'Rooms by name',
    tag: 'rooms',
    role: 'member',
    project: 'system',
    lambda: 'messages',
    params: none,
    query: none,
    reply: z.object({ items: z.array(RoomView) }),
    status: 200,
    problems: [],
  },
  createRoom: {
    ...edit,
    method: 'POST',
    path: '/api/rooms',
    summary: 'Add a room',
    params: none,
    body: Room,
    reply: RoomView,
    status: 201,
    problems: ['already-exists'],
  },
  updateRoom: {
    ...edit,
    method: 'PUT',
    path: '/api/rooms/{name}',
    summary: 'Replace a room',
    ifMatch: true,
    params: nameParams,
    body: RoomEdit,
    reply: RoomView,
    status: 200,
    problems: ['room-not-found'],
  },
  deleteRoom: {
    ...edit,
    method: 'DELETE',
    path: '/api/rooms/{name}',
    summary: 'Remove a room that no rule names',
    ifMatch: true,
    params: nameParams,
    reply: z.object({ deleted: z.literal(true) }),
    status: 200,
    problems: ['room-not-found', 'in-use'],
  },
  testRoom: {
    ...edit,
    method: 'POST',
    path: '/api/rooms/{name}/test',
    summary: 'Send a message to a room, to try it',
    params: nameParams,
    reply: RoomTest,
    status: 200,
    problems: ['room-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
