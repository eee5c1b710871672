import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { exampleFacts } from '../../shared/domain/message/example-facts.ts';
import type { Room } from '../../shared/domain/notice/channel.schema.ts';
import { compose } from '../../shared/domain/notice/compose.ts';
import type { PostJson } from './post-json.ts';
import { roomChannelOf } from './rooms.ts';

type TriedRoom = {
  readonly sent: boolean;
  readonly messageId?: string;
  readonly problem?: string;
  readonly retryAfterSeconds?: number;
};

export type TryRoom = (
  room: Room,
  call: { readonly at: Instant; readonly id: string },
) => Promise<TriedRoom>;

/** Posts an example to a room, once, and says in words what came of it. A room that is switched off can be tried, too. */
export const tryRoomWith =
  (post: PostJson): TryRoom =>
  async (room, { at, id }) => {
    const facts = exampleFacts({ kind: 'task-failed', reason: 'test', at });
    const content = compose(facts, {
      ...{ channel: room.kind, language: room.language, consoleUrl: undefined },
    });
    try {
      const { messageId } = await roomChannelOf[room.kind]({ post, clock: () => at })(room, {
        ...{ id: `test~${id}`, content },
      });
      return { sent: true, ...(messageId === undefined ? {} : { messageId }) };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { retryAfterSeconds } = error.facts;
      return {
        ...{ sent: false, problem: error.message },
        ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
      };
    }
  };
