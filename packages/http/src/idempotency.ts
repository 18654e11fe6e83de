import { hash, randomUUID } from 'node:crypto';
import type { Identity } from '@app/resource';
import { v5 as uuidv5 } from 'uuid';
import { invalidHeader } from './problem.ts';

const namespace = '6f3b8f0e-6a43-4c0e-9d53-5f1f0a3c7b21'; // ours; changing it forgets every key
const printable = /^[\x20-\x7e]{1,255}$/;

const sortedKeys = (_name: string, value: unknown) =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** A digest of the body as it was sent: keys in order, no defaults filled in. */
export const payloadDigest = (body: unknown) => hash('sha256', JSON.stringify(body, sortedKeys) ?? '', 'base64url');

/** A new identity: random, or (UUIDv5) always the same for one owner and key, so that a conditional put finds the replay. */
export const identityOf = (owner: string, key: string | undefined, body: unknown): Identity => {
  if (key === undefined) return { id: randomUUID() };
  if (!printable.test(key)) throw invalidHeader('Idempotency-Key', 'must be 1 to 255 printable ASCII characters');
  return { id: uuidv5(JSON.stringify([owner, key]), namespace), payloadDigest: payloadDigest(body) };
};
