import { markdownOf, type RoomChannel } from './room-channel.ts';
import { faultOfStatus, refused, shortOf, throttled } from './room-faults.ts';

/** A workflow of Teams that waits for a webhook request and posts the card. */
export const teams: RoomChannel =
  ({ post }) =>
  async (room, message) => {
    const text = (content: string, more: object = {}) => ({
      ...{ type: 'TextBlock', text: content, wrap: true, ...more },
    });
    const card = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      ...{ type: 'AdaptiveCard', version: '1.4', msteams: { width: 'Full' } },
      body: [
        text(message.content.subject.replace(/[\\`*_[\]]/g, '\\$&'), {
          size: 'Medium',
          weight: 'Bolder',
        }),
        text(markdownOf(message)),
      ],
    };
    const contentType = 'application/vnd.microsoft.card.adaptive';
    const body = {
      type: 'message',
      attachments: [{ contentType, contentUrl: null, content: card }],
    };
    const answer = await post({ url: room.url, body }, room);
    const fault = faultOfStatus('teams', answer);
    if (fault) throw fault;
    // Older connectors answer 200 and tell of a failure in the text.
    if (/delivery failed with error/i.test(answer.body)) {
      const why = shortOf(answer.body);
      throw /\b(429|5\d\d)\b/.test(why)
        ? throttled('teams', why, answer.retryAfterSeconds)
        : refused('teams', why);
    }
    return {};
  };
