import type { Room } from '../../shared/domain/notice/channel.schema.ts';
import { dingtalk } from './dingtalk.ts';
import { feishu } from './feishu.ts';
import type { RoomChannel } from './room-channel.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

/** How each kind of room is posted to. */
export const roomChannelOf: Readonly<Record<Room['kind'], RoomChannel>> = {
  ...{ dingtalk, wecom, feishu, slack, teams, webhook },
};
