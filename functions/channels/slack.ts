import { markdownOf, type RoomChannel } from './room-channel.ts';
import { faultOfStatus, refused } from './room-faults.ts';

/** Limits of Slack's blocks, in characters. */
const headerMost = 150;
const sectionMost = 3000;

const advice = new Map(
  Object.entries({
    no_service: 'the webhook was removed or switched off; make a new one',
    no_active_hooks: 'the webhook was removed or switched off; make a new one',
    invalid_token: 'the address is not right; copy it again',
    channel_not_found: 'its channel is gone; make a new webhook',
    channel_is_archived: 'its channel is archived; make a new webhook',
    action_prohibited: 'an administrator of the workspace does not allow it',
    posting_to_general_channel_denied: 'only some may post to this channel',
  }),
);

/** An incoming webhook of Slack: `ok` on success, else a word and a status. */
export const slack: RoomChannel =
  ({ post }) =>
  async (room, message) => {
    const { subject } = message.content;
    const header = { type: 'plain_text', text: subject.slice(0, headerMost).toWellFormed() };
    const body = {
      text: subject.replace(/[&<>]/g, ' '),
      blocks: [
        { type: 'header', text: header },
        ...sectionsOf(markdownOf(message)).map((text) => ({
          ...{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } },
        })),
      ],
    };
    const answer = await post({ url: room.url, body }, room);
    const word = answer.body.trim();
    const known = advice.get(word);
    if (answer.status < 500 && known) throw refused('slack', `${word}: ${known}`);
    const fault = faultOfStatus('slack', answer);
    if (fault) throw fault;
    return {};
  };

/** Whole lines in pieces that a block takes; a longer line is cut. */
const sectionsOf = (markdown: string): readonly string[] => {
  const sections: string[] = [];
  let section = '';
  for (const line of markdown.split('\n')) {
    const whole = line.slice(0, sectionMost - 1);
    if (section.length + whole.length + 1 > sectionMost) {
      sections.push(section);
      section = '';
    }
    section += `${section === '' ? '' : '\n'}${whole}`;
  }
  return [...sections, section].filter((text) => text.trim() !== '');
};
