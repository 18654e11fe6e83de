import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { hiddenAddress, plainAddress } from '../../src/dynamodb/front/address.ts';
import { isLocalHost } from '../../src/guard/hosts.ts';

const times = (count: number, make: () => { host: string; port: number }) => Array.from({ length: count }, make);

describe('the address of an engine', () => {
  it('is on Linux another one in 127.0.0.0/8 each time, and never 127.0.0.1', () => {
    const addresses = times(1000, () => hiddenAddress('linux'));

    expect(addresses.every(({ host }) => isLocalHost(host) && !host.startsWith('127.0.'))).toBe(true);
    expect(new Set(addresses.map(({ host, port }) => `${host}:${port}`)).size).toBe(1000);
  });

  it('is 127.0.0.1 and a random port where no other address is this machine’s', () => {
    fc.assert(
      fc.property(fc.constantFrom<NodeJS.Platform>('darwin', 'win32', 'freebsd'), (platform) => {
        expect(hiddenAddress(platform).host).toBe('127.0.0.1');
      }),
    );
    expect(new Set(times(100, plainAddress).map(({ port }) => port)).size).toBeGreaterThan(90);
  });
});
