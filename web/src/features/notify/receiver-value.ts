import { Receiver } from '../../../../shared/domain/notice/receivers.schema.ts';

/** A receiver as the value of a choice: `contact:ann`, `owner:`. */
export const valueOfReceiver = (receiver: Receiver): string =>
  `${receiver.kind}:${receiver.kind === 'owner' ? '' : receiver.name}`;

export const receiverOf = (value: string): Receiver | undefined => {
  const [kind, ...name] = value.split(':');
  const parsed = Receiver.safeParse({ kind, name: name.join(':') });
  return parsed.success ? parsed.data : undefined;
};

export const nameOfReceiver = (receiver: Receiver): string =>
  receiver.kind === 'owner' ? '' : receiver.name;
