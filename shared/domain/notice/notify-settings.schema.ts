import * as z from 'zod';
import { type ChannelKind, roomChannels } from './channel.schema.ts';

/** Which paid channels the installation may use. Mail always may; a room's kind may once there is an enabled room. */
export const NotifySettings = z
  .object({ sms: z.boolean().default(false), voice: z.boolean().default(false) })
  .meta({ id: 'NotifySettings' });
export type NotifySettings = z.infer<typeof NotifySettings>;

type Setup = {
  readonly settings: NotifySettings | undefined;
  readonly rooms: readonly { readonly kind: ChannelKind; readonly enabled: boolean }[];
};

/** The channels that a rule may name, mail first (spec/README decision 20; W33). */
export const selectableChannels = ({ settings, rooms }: Setup): readonly ChannelKind[] => [
  'mail',
  ...(settings?.sms ? (['sms'] as const) : []),
  ...(settings?.voice ? (['voice'] as const) : []),
  ...roomChannels.filter((kind) => rooms.some((room) => room.enabled && room.kind === kind)),
];
