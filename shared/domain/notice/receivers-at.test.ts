import { describe, expect, it } from 'vitest';
import { aDuty } from '../../testing/a-rule.ts';
import type { Contact } from '../contact/contact.schema.ts';
import { type Directory, receiversAt } from './receivers-at.ts';

const contact = (name: string, more: Partial<Contact> = {}): Contact => ({
  name,
  title: name,
  email: `${name}@example.com`,
  ...more,
});
const directory: Directory = {
  contacts: [
    contact('ann'),
    contact('bob', { phone: '+4930123456' }),
    contact('eve'),
    contact('owner', { user: 'olga' }),
    contact('mute', { email: undefined, user: 'x' }),
  ],
  duties: new Map([['night', aDuty()]]),
  rooms: new Map([
    ['ops', { kind: 'slack', enabled: true }],
    ['old', { kind: 'slack', enabled: false }],
  ]),
  channels: ['mail', 'sms', 'slack'],
};
const monday = '2026-11-02T12:00:00.000Z';
const tuesday = '2026-11-03T12:00:00.000Z';
const duty = { kind: 'duty', name: 'night' } as const;
const mailTo = (telling: Parameters<typeof receiversAt>[0], at = monday) =>
  receiversAt(telling, directory, at).map(({ to, reason }) => (to === '' ? reason : to));

describe('receivers at an instant', () => {
  it('N79 are the owner, the contacts, and who is on shift when it is sent', () => {
    const telling = {
      channels: ['mail'],
      owner: 'olga',
      receivers: [{ kind: 'owner' }, { kind: 'contact', name: 'bob' }, duty],
    } as const;
    expect(mailTo(telling)).toEqual(['owner@example.com', 'bob@example.com', 'ann@example.com']);
    expect(mailTo(telling, tuesday)).toEqual(['owner@example.com', 'bob@example.com']);
  });

  it('N79 include the backup once nobody has answered', () => {
    const telling = { channels: ['mail'], receivers: [duty] } as const;
    expect(mailTo(telling, tuesday)).toEqual(['bob@example.com']);
    expect(mailTo({ ...telling, escalated: true }, tuesday)).toEqual([
      'bob@example.com',
      'eve@example.com',
    ]);
  });

  it('N79 that cannot be reached are named with why', () => {
    const receivers = [
      { kind: 'owner' },
      { kind: 'contact', name: 'mute' },
      { kind: 'contact', name: 'gone' },
      { kind: 'duty', name: 'none' },
    ] as const;
    expect(receiversAt({ channels: ['mail'], receivers }, directory, monday)).toMatchObject([
      { reason: 'receiver-gone', error: 'neither the task nor its workflow has an owner' },
      { reason: 'no-address', error: 'contact mute has no mail address' },
      { reason: 'receiver-gone', error: 'there is no contact gone' },
      { reason: 'receiver-gone', error: 'there is no on-duty schedule none' },
    ]);
    expect(mailTo({ channels: ['mail'], owner: 'nobody', receivers: [{ kind: 'owner' }] })).toEqual(
      ['receiver-gone'],
    );
    expect(mailTo({ channels: ['mail'], receivers: [duty] }, '2026-11-01T12:00:00.000Z')).toEqual([
      'receiver-gone',
    ]);
  });

  it('get one message for each channel, however many ways lead to them', () => {
    const receivers = [duty, { kind: 'contact', name: 'ann' }] as const;
    expect(receiversAt({ channels: ['mail'], receivers }, directory, monday)).toMatchObject([
      { to: 'ann@example.com', receiver: { type: 'duty', schedule: 'night' } },
    ]);
  });

  it('are rooms for their own channel only, people for the others', () => {
    const telling = {
      channels: ['mail', 'sms', 'slack'],
      receivers: [
        { kind: 'room', name: 'ops' },
        { kind: 'room', name: 'old' },
        { kind: 'contact', name: 'bob' },
      ],
    } as const;
    expect(
      receiversAt(telling, directory, monday).map(({ channel, to, reason }) => [
        channel,
        to,
        reason,
      ]),
    ).toEqual([
      ['mail', 'bob@example.com', undefined],
      ['sms', '+4930123456', undefined],
      ['slack', 'ops', undefined],
      ['slack', '', 'channel-off'],
    ]);
    expect(
      receiversAt({ ...telling, channels: ['sms'] }, { ...directory, channels: ['mail'] }, monday),
    ).toMatchObject([{ reason: 'channel-off' }]);
  });
});
