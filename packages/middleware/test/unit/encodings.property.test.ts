import { brotliCompressSync, gzipSync } from 'node:zlib';
import { everyOperation } from '@app/test-support/everyOperation';
import { textFieldOf } from '@app/test-support/sampleOf';
import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { callerOf } from '../support/callerOf.ts';
import { gateways } from '../support/memos.ts';

const handle = jest.fn(() => Promise.reject(new Error('was handled')));
const handled = 500;

/** Sequences of bytes that are not UTF-8 (Unicode 17, table 3-7), and what surrounds them is. */
const broken = fc.constantFrom(
  [0xff],
  [0xfe],
  [0x80],
  [0xc3], // cut off
  [0xe2, 0x82],
  [0xf0, 0x9f, 0xa7],
  [0xc3, 0x28], // no continuation
  [0xc0, 0xaf], // longer than need be
  [0xe0, 0x80, 0xaf],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xed, 0xa0, 0x80], // half a surrogate pair
  [0xed, 0xa0, 0xbd, 0xed, 0xb2, 0xa9], // both, as CESU-8
  [0xf4, 0x90, 0x80, 0x80], // beyond U+10FFFF
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xe9], // é in Latin-1
);

const percentEncoded = (bytes: readonly number[]) =>
  bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const everyGateway = gateways.map(([, eventOf]) => eventOf);

const withBody = everyOperation.filter(({ operation }) => operation.request.body);
const withText = withBody.flatMap(({ operation, valid }) => {
  const field = textFieldOf(operation.request.body ?? {});
  return field === undefined ? [] : [{ operation, valid, field }];
});
const named = <T extends { operation: { operationId: string } }>(operations: readonly T[]) =>
  operations.map((each) => [each.operation.operationId, each] as const);

describe.each(named(withBody))('a body of %s', (_name, { operation, valid }) => {
  const json = JSON.stringify(valid.body);

  it('is a 400 wherever its bytes are not UTF-8', async () => {
    const call = await callerOf(operation, handle);

    await fc.assert(
      fc.asyncProperty(broken, fc.nat(json.length), fc.constantFrom(...everyGateway), async (bytes, at, eventOf) => {
        const body = Buffer.concat([Buffer.from(json.slice(0, at)), Buffer.from(bytes), Buffer.from(json.slice(at))]);

        const response = await call(eventOf, { ...valid, body });

        expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', detail: 'must be UTF-8' }] });
      }),
    );
  });

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${json}é`, 'utf16le')],
    ['Latin-1', Buffer.from(`{"é":1}`, 'latin1')],
    ['gzip', gzipSync(json)],
  ])('is a 400 in %s that its headers do not name', async (_case, body) => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      expect((await call(eventOf, { ...valid, body })).body).toMatchObject({
        status: 400,
        errors: [{ in: 'body', pointer: '', detail: 'must be UTF-8' }],
      });
  });

  it('is a 400 with a byte order mark before it, as bytes and as text', async () => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      for (const body of [`\ufeff${json}`, Buffer.from(`\ufeff${json}`)])
        expect((await call(eventOf, { ...valid, body })).body).toMatchObject({
          status: 400,
          errors: [{ in: 'body', pointer: '', detail: 'must not begin with a byte order mark' }],
        });
  });

  const media = operation.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';

  it.each([
    '',
    'charset=utf-8',
    'charset=UTF-8',
    'Charset=Utf-8',
    'charset="utf-8"',
    'charset="UTF\\-8"',
    'charset=utf8',
    'profile="a;charset=latin1"',
    'charset=utf-8; charset="utf-8"',
    ' ;; charset=utf-8 ; ',
  ])('is taken with the parameters %j', async (parameters) => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      expect((await call(eventOf, { ...valid, headers: { 'content-type': `${media};${parameters}` } })).status).toBe(
        handled,
      );
  });

  it.each([
    ['charset=iso-8859-1', 'iso-8859-1'],
    ['charset=windows-1252', 'windows-1252'],
    ['charset=us-ascii', 'us-ascii'],
    ['charset=UTF-16', 'UTF-16'],
    ['charset="utf-16le"', 'utf-16le'],
    ['charset=utf-32', 'utf-32'],
    ['charset=utf-7', 'utf-7'],
    ['charset=Shift_JIS', 'Shift_JIS'],
    ['charset=""', ''],
    ['charset="x\\"y"', 'x"y'],
    ['charset=utf-8; charset=latin1', 'latin1'],
    ['a=b;  CHARSET=koi8-r', 'koi8-r'],
  ])('is a 415 with %s, by name', async (parameter, charset) => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      expect(
        (await call(eventOf, { ...valid, headers: { 'content-type': `${media}; ${parameter}` } })).body,
      ).toMatchObject({
        status: 415,
        detail: `The charset must be utf-8, not ${charset}`,
        errors: [{ in: 'header', pointer: '/Content-Type', detail: `charset must be utf-8, not ${charset}` }],
      });
  });

  it.each([
    'json',
    '/',
    'application',
    'application/',
    '/json',
    `${media} charset=utf-8`,
    `${media}; charset`,
    `${media}; charset=`,
    `${media}; charset =utf-8`,
    `${media}; charset="utf-8`,
    `${media}; =utf-8`,
    `${media}, ${media}`,
    `${media};charset=utf-8, ${media}`,
    'application/jsön',
    'multipart/form-data',
    'text/plain; charset=utf-8',
    'application/vnd.api+json',
  ])('is a 415 as %s', async (contentType) => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      expect((await call(eventOf, { ...valid, headers: { 'content-type': contentType } })).body).toMatchObject({
        status: 415,
        detail: `The content type must be ${media}`,
        errors: [{ in: 'header', pointer: '/Content-Type', detail: expect.stringContaining(media) }],
      });
  });

  it('is a 415 under two content types, on lines of their own', async () => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      expect((await call(eventOf, { ...valid, headers: { 'content-type': [media, media] } })).status).toBe(415);
  });

  it.each([
    ['gzip', gzipSync(json)],
    ['x-gzip', gzipSync(json)],
    ['br', brotliCompressSync(json)],
    ['deflate', json],
    ['zstd', json],
    ['x-foo', json],
    ['aws-chunked', json],
    ['GZIP', json],
    ['gzip, gzip', json],
    ['not a token', json],
  ])('is a 415 in the encoding %s, by name, and told what would do', async (encoding, body) => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      expect(await call(eventOf, { ...valid, body, headers: { 'content-encoding': encoding } })).toMatchObject({
        headers: { 'Accept-Encoding': 'identity' },
        body: {
          status: 415,
          detail: `The content encoding must be identity, not ${encoding}`,
          errors: [{ in: 'header', pointer: '/Content-Encoding', detail: `must be identity, not ${encoding}` }],
        },
      });
  });

  it('is a 415 in an encoding beside identity', async () => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      for (const encoding of ['gzip, identity', 'identity,gzip', ['identity', 'gzip']])
        expect((await call(eventOf, { ...valid, headers: { 'content-encoding': encoding } })).body).toMatchObject({
          status: 415,
          detail: 'The content encoding must be identity, not gzip',
        });
  });

  it.each(['identity', 'Identity', '', ' ', ',', 'identity, identity'])(
    'is taken in the encoding %j',
    async (encoding) => {
      const call = await callerOf(operation, handle);

      for (const eventOf of everyGateway)
        expect((await call(eventOf, { ...valid, headers: { 'content-encoding': encoding } })).status).toBe(handled);
    },
  );

  it('is judged by its size, then its headers, then its bytes, then its JSON', async () => {
    const call = await callerOf(operation, handle);
    const bytes = (length: number) => Buffer.alloc(length, 0xff);
    const encoded = { 'content-encoding': 'gzip' };

    for (const eventOf of everyGateway) {
      const responses = [
        await call(eventOf, { ...valid, headers: encoded, body: bytes(256 * 1024 + 1) }),
        await call(eventOf, { ...valid, headers: encoded, body: bytes(256 * 1024) }),
        await call(eventOf, { ...valid, body: bytes(256 * 1024) }),
        await call(eventOf, { ...valid, body: '{' }),
      ];
      expect(responses.map((response) => response.body?.type)).toEqual([
        '/problems/payload-too-large',
        '/problems/unsupported-media-type',
        '/problems/invalid-request',
        '/problems/malformed-json',
      ]);
    }
  });
});

describe.each(named(withText))('a text in the body of %s', (_name, { operation, valid, field }) => {
  it('may hold any character that is well-formed, U+FFFD too', async () => {
    const call = await callerOf(operation, handle);

    for (const eventOf of everyGateway)
      for (const text of ['\ufffd', 'é', '🧀', 'a\u0000b', '\ufeff'])
        expect((await call(eventOf, { ...valid, body: { ...(valid.body as object), [field]: text } })).status).toBe(
          handled,
        );
  });
});

describe.each(named(everyOperation))('the URL of %s', (_name, { operation, valid }) => {
  const { query } = operation.request;

  it('is a 400 that names the parameter whose bytes are not UTF-8', async () => {
    const call = await callerOf(operation, handle);
    const names = fc.constantFrom(...Object.keys(query?.properties ?? {}), 'other');
    const texts = fc.tuple(fc.stringMatching(/^\w{0,5}$/), broken, fc.stringMatching(/^\w{0,5}$/));

    await fc.assert(
      fc.asyncProperty(
        names,
        texts,
        fc.constantFrom(...everyGateway),
        async (name, [before, bytes, after], eventOf) => {
          const response = await call(eventOf, {
            ...valid,
            query: `${name}=${before}${percentEncoded(bytes)}${after}`,
          });

          expect(response.body).toMatchObject({
            status: 400,
            errors: expect.arrayContaining([
              { in: 'query', pointer: `/${name}`, detail: 'must be UTF-8, without U+FFFD' },
            ]),
          });
        },
      ),
    );
  });

  it('is a 400 where a parameter’s name is not UTF-8', async () => {
    const call = await callerOf(operation, handle);

    await fc.assert(
      fc.asyncProperty(broken, fc.constantFrom(...everyGateway), async (bytes, eventOf) => {
        const response = await call(eventOf, { ...valid, query: `${percentEncoded(bytes)}=1` });

        expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'query', detail: 'is not known' }] });
      }),
    );
  });
});

const withParameters = everyOperation.filter(({ operation }) => operation.request.params);

describe.each(named(withParameters))('the path of %s', (_name, { operation, valid }) => {
  it('is a 400 that names the parameter whose bytes are not UTF-8, whether the gateway decodes it or not', async () => {
    const call = await callerOf(operation, handle);
    const names = fc.constantFrom(...Object.keys(operation.request.params?.properties ?? {}));

    await fc.assert(
      fc.asyncProperty(names, broken, fc.constantFrom(...everyGateway), async (name, bytes, eventOf) => {
        for (const value of [percentEncoded(bytes), Buffer.from(bytes).toString()]) {
          const response = await call(eventOf, { ...valid, params: { ...valid.params, [name]: value } });

          expect(response.body).toMatchObject({
            status: 400,
            errors: expect.arrayContaining([expect.objectContaining({ in: 'path', pointer: `/${name}` })]),
          });
        }
      }),
    );
  });
});
