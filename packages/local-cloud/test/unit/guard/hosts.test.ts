import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isLocalHost } from '../../../src/guard/hosts.ts';

describe('isLocalHost', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost:3000',
    'LocalHost:65535',
    'notes.localhost',
    'a.b.localhost:3000',
    'assets-dev-000000000000.localhost:9000',
    '127.0.0.1',
    '127.0.0.1:3000',
    '127.0.0.2:80',
    '127.255.255.255',
    '[::1]',
    '[::1]:3000',
  ])('takes %j for this machine', (host) => {
    expect(isLocalHost(host)).toBe(true);
  });

  it.each([
    '',
    ' ',
    ':3000',
    'localhost.',
    'localhost.evil.example',
    'evil-localhost',
    'evillocalhost',
    '.localhost',
    'a..localhost',
    'evil.example',
    'evil.example:3000',
    'evil.example#localhost',
    'evil.example/localhost',
    'evil.example?.localhost',
    'evil.example\\.localhost',
    'user@localhost',
    'localhost@evil.example',
    'localhost:3000:evil.example',
    'localhost:evil',
    'localhost:',
    'localhost:123456',
    'localhost, evil.example',
    'localhost evil.example',
    'localhost\tevil',
    'localhost\nevil',
    'localhost\n',
    'http://localhost',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io',
    '127.1',
    '127.0.0.256',
    '127.0.0.01',
    '0127.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '0.0.0.0',
    '10.0.0.1',
    '192.168.1.10:3000',
    '169.254.169.254',
    '[::]',
    '[::2]',
    '[::ffff:127.0.0.1]',
    '[::1',
    '::1',
    '[::1]evil',
    '[localhost]',
    'ⓛocalhost',
    'loc\u0430lhost',
    'localhost\0',
    '*',
  ])('takes %j for another', (host) => {
    expect(isLocalHost(host)).toBe(false);
  });

  it('takes names that are allowed, in any case and on any port, but none under them', () => {
    const allowed = ['host.docker.internal', 'name-3000.app.github.dev'];

    for (const host of ['host.docker.internal', 'HOST.docker.internal:3000', 'name-3000.app.github.dev'])
      expect(isLocalHost(host, allowed)).toBe(true);
    for (const host of [
      'x.host.docker.internal',
      'docker.internal',
      'host.docker.internal.evil.example',
      'evil.example',
    ])
      expect(isLocalHost(host, allowed)).toBe(false);
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
  /** Names that somebody can register end in a label that is not numeric and is not `localhost` (RFC 6761, 6.3). */
  const publicName = fc
    .tuple(
      fc.array(fc.oneof(label, fc.constantFrom('localhost', '127', '0', '1')), { minLength: 1, maxLength: 5 }),
      label,
    )
    .filter(([, last]) => last !== 'localhost' && !/^\d+$/.test(last))
    .map(([labels, last]) => [...labels, last].join('.'));
  const port = fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined });

  it('takes no name that can be registered for this machine', () => {
    fc.assert(
      fc.property(publicName, port, fc.boolean(), (name, number, isUpper) => {
        const host = `${isUpper ? name.toUpperCase() : name}${number === undefined ? '' : `:${number}`}`;
        expect(isLocalHost(host)).toBe(false);
        expect(
          isLocalHost(
            host,
            ['host.docker.internal'].filter((each) => each !== name),
          ),
        ).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no address outside of 127.0.0.0/8 and ::1', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6().map((address) => `[${address}]`),
        ),
        port,
        (address, number) => {
          fc.pre(!address.startsWith('127.') && address !== '[::1]');
          expect(isLocalHost(`${address}${number === undefined ? '' : `:${number}`}`)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('says yes or no to any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (host) => expect([true, false]).toContain(isLocalHost(host))));
  });
});
