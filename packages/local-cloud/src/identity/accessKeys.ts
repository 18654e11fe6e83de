import { createHash, createHmac } from 'node:crypto';
import { credentials as sharedCredentials } from '../process/environment.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** RFC 4648's base32 alphabet, which AWS's key ids are written in. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const temporary = 'ASIA'; // as the ids of a role's keys begin
const ofRole = /^ASIA[A-Z2-7]{16}$/;

const idOf = (name: string): string => {
  const digest = createHash('sha256').update(name).digest();
  return temporary + Array.from(digest.subarray(0, 16), (byte) => alphabet[byte % 32]).join('');
};

const secretFor = (accessKeyId: string): string =>
  createHmac('sha256', 'local cloud').update(accessKeyId).digest('base64').slice(0, 40);

/**
 * The access key of a function, by its deployed name, always the same: a link that it has signed holds beyond a restart,
 * and in a cloud that shares its engines with a service that runs alone.
 */
export const accessKeyOf = (functionName: string): Credentials => {
  const accessKeyId = idOf(functionName);
  return { accessKeyId, secretAccessKey: secretFor(accessKeyId) };
};

/** The key of the local cloud itself, which makes tables and polls queues. */
export const cloudKey = accessKeyOf('the local cloud');

/** The secret that belongs to a key id; undefined for one that is none of ours. */
export const secretOf = (accessKeyId: string): string | undefined => {
  if (accessKeyId === sharedCredentials.accessKeyId) return sharedCredentials.secretAccessKey;
  return ofRole.test(accessKeyId) ? secretFor(accessKeyId) : undefined;
};
