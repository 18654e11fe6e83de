import { randomInt } from 'node:crypto';
import { host } from '../../process/portCheck.ts';

/** Where an engine listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const anyPort = () => randomInt(16_384, 65_536);

/**
 * An address that nobody can guess. On Linux every address in 127.0.0.0/8 is this machine's: with the port that is more
 * than 10^11 places, and a web page that tries them all finds nothing. Elsewhere only 127.0.0.1 is, and the port alone is random.
 */
export const hiddenAddress = (platform: NodeJS.Platform = process.platform): Address =>
  platform === 'linux'
    ? { host: `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`, port: anyPort() }
    : { host, port: anyPort() };

/** Where to try when the address of a try before was taken, or is none of this machine's. */
export const plainAddress = (): Address => ({ host, port: anyPort() });
