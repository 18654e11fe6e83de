import { describe, expect, it } from '@jest/globals';

const id = crypto.randomUUID();
const doors = ['GATEWAY', 'OWN'] as const;
const routes = [
  ['NOTES', '/notes', 'title'],
  ['USERS', '/users', 'name'],
  ['TASKS', '/tasks', 'title'],
  ['ASSETS', '/assets', 'fileName'],
  ['ITEMS', '/items', 'name'],
] as const;
const writes = [
  ['POST', '', 'application/json'],
  ['PUT', `/${id}`, 'application/json'],
  ['PUT', `/${id}`, 'application/json; charset=utf-8'],
  ['PATCH', `/${id}`, 'application/merge-patch+json'],
] as const;

const cases = doors.flatMap((door) =>
  routes.flatMap(([service, path, field]) =>
    writes.map(([method, rest, type]) => ({ door, service, path: path + rest, field, method, type })),
  ),
);
interface Case extends Omit<(typeof cases)[number], 'type'> {
  readonly type: string;
}

const send = ({ door, service, path, method, type }: Case, body: Buffer, headers: Record<string, string> = {}) => {
  const origin = process.env[`${door === 'OWN' ? service : 'GATEWAY'}_URL`] ?? '';
  return fetch(origin + path, { method, headers: { 'content-type': type, ...headers }, body: new Uint8Array(body) });
};
const bytesOf = (field: string, text: string) => Buffer.from(JSON.stringify({ [field]: text }), 'latin1');

describe('a body over the wire', () => {
  it.each(cases)('whose bytes are not UTF-8 is a 400: $method $path as $type ($door)', async (each) => {
    const response = await send(each, bytesOf(each.field, 'café'));

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ in: 'body', detail: expect.stringMatching(/UTF-8/i) }] });
  });

  it.each(cases)('in another charset, or encoded, is a 415: $method $path as $type ($door)', async (each) => {
    const charset = { ...each, type: `${each.type.split(';')[0]}; charset=iso-8859-1` };

    const answers = [
      await send(charset, bytesOf(each.field, 'café')),
      await send(each, bytesOf(each.field, 'cafe'), { 'content-encoding': 'gzip' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([415, 415]);
  });
});
