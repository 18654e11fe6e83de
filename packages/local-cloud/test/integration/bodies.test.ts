import { mediaTypeOf } from '@app/contracts';
import { everyOperation } from '@app/test-support/everyOperation';
import { textFieldOf } from '@app/test-support/sampleOf';
import { describe, expect, it } from '@jest/globals';

const doors = ['GATEWAY', 'OWN'] as const;

/** Each operation with a body, at the gateway and at its service's own port. */
const cases = doors.flatMap((door) =>
  everyOperation.flatMap(({ service, operation, valid: { path } }) => {
    const { method, request } = operation;
    const field = textFieldOf(request.body ?? {});
    if (field === undefined) return [];
    const url = process.env[`${door === 'OWN' ? service.toUpperCase() : door}_URL`] + path;
    return [{ door, operationId: operation.operationId, method, url, field, type: mediaTypeOf(method) }];
  }),
);
type Case = (typeof cases)[number];

const send = ({ method, url, type }: Case, body: Buffer, headers: Record<string, string> = {}) =>
  fetch(url, { method, headers: { 'content-type': type, ...headers }, body: new Uint8Array(body) });
const bytesOf = (field: string, text: string) => Buffer.from(JSON.stringify({ [field]: text }), 'latin1');

describe('a body over the wire', () => {
  it('is taken by operations', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases)('whose bytes are not UTF-8 is a 400: $operationId ($door)', async (each) => {
    const answers = await Promise.all(
      [each.type, `${each.type}; charset=utf-8`].map((type) => send({ ...each, type }, bytesOf(each.field, 'café'))),
    );

    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ in: 'body', detail: expect.stringMatching(/UTF-8/i) }] });
    }
  });

  it.each(cases)('in another charset, or encoded, is a 415: $operationId ($door)', async (each) => {
    const charset = { ...each, type: `${each.type}; charset=iso-8859-1` };

    const answers = [
      await send(charset, bytesOf(each.field, 'café')),
      await send(each, bytesOf(each.field, 'cafe'), { 'content-encoding': 'gzip' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([415, 415]);
  });
});
