import { randomBytes } from 'node:crypto';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import {
  type LinkKey,
  type LinkKeys,
  rotateKeys,
} from '../../shared/domain/notice/link-keys.schema.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';

type Keys = Pick<LedgerStore, 'linkKeys' | 'saveLinkKeys'>;

const freshKey = (): LinkKey => ({
  id: randomBytes(6).toString('base64url'),
  secret: randomBytes(32).toString('base64url'),
});

/** The keys of this installation; made when they are asked for the first time. Whoever is second takes those of the first. */
export const linkKeysOf = async (ledger: Keys, now: Instant): Promise<LinkKeys> => {
  const stored = await ledger.linkKeys();
  if (stored) return stored;
  const made = await ledger.saveLinkKeys(rotateKeys(undefined, freshKey(), now), undefined);
  const keys = made.ok ? made.value : await ledger.linkKeys();
  if (!keys) throw new Fault('StoreConflict', 'keys of links vanished');
  return keys;
};

/** Signs with a new key from now on. Of two at once, the second one's key counts and the first one's is good for its links. */
export const rotateLinkKey = async (ledger: Keys, now: Instant): Promise<LinkKey['id']> => {
  for (let tries = 0; tries < 5; tries += 1) {
    const stored = await ledger.linkKeys();
    const fresh = freshKey();
    const saved = await ledger.saveLinkKeys(rotateKeys(stored, fresh, now), stored?.rev);
    if (saved.ok) return fresh.id;
  }
  throw new Fault('StoreConflict', 'keys of links kept changing');
};
