import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Takes bytes, gives their digest in the end. */
export interface Digest {
  readonly update: (bytes: Buffer) => void;
  readonly end: () => Buffer;
}

const hashed = (algorithm: string) => (): Digest => {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), end: () => hash.digest() };
};

const inFourBytes = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

const crc32Digest = (): Digest => {
  let value = 0;
  return { update: (bytes) => void (value = crc32(bytes, value)), end: () => inFourBytes(value) };
};

/** A table of 256 remainders for a reflected polynomial of 64 bits, in halves: no number of JavaScript holds more than 53. */
const tableFor = (polynomialHigh: number, polynomialLow: number) => {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let [h, l] = [0, index];
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = (l & 1) === 1;
      l = (l >>> 1) | ((h & 1) << 31);
      h >>>= 1;
      if (isOdd) {
        h ^= polynomialHigh;
        l ^= polynomialLow;
      }
    }
    high[index] = h;
    low[index] = l;
  }
  return { high, low };
};

/** A CRC of 32 bits is one of 64 whose upper half stays zero. */
const crcDigest = (width: 32 | 64, polynomialHigh: number, polynomialLow: number) => {
  let table: ReturnType<typeof tableFor> | undefined;
  return (): Digest => {
    const { high, low } = (table ??= tableFor(polynomialHigh, polynomialLow));
    let [h, l] = [width === 64 ? 0xff_ff_ff_ff : 0, 0xff_ff_ff_ff];
    const update = (bytes: Buffer) => {
      for (const byte of bytes) {
        const index = (l ^ byte) & 0xff;
        l = ((l >>> 8) | (h << 24)) ^ (low[index] ?? 0);
        h = (h >>> 8) ^ (high[index] ?? 0);
      }
    };
    return {
      update,
      end: () => Buffer.concat([...(width === 64 ? [inFourBytes(~h)] : []), inFourBytes(~l)]),
    };
  };
};

interface Checksum {
  /** Bytes. */
  readonly length: number;
  readonly create: () => Digest;
}

/** The checksums that a client may send with a body, by header. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const checksumHeaders: ReadonlyMap<string, Checksum> = new Map([
  ['content-md5', { length: 16, create: hashed('md5') }],
  ['x-amz-checksum-sha1', { length: 20, create: hashed('sha1') }],
  ['x-amz-checksum-sha256', { length: 32, create: hashed('sha256') }],
  ['x-amz-checksum-crc32', { length: 4, create: crc32Digest }],
  ['x-amz-checksum-crc32c', { length: 4, create: crcDigest(32, 0, 0x82_f6_3b_78) }],
  ['x-amz-checksum-crc64nvme', { length: 8, create: crcDigest(64, 0x9a_6c_93_29, 0xac_4b_c9_b5) }],
]);

export const sha256Digest = hashed('sha256');
