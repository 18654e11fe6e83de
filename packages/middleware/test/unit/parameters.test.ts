import { encodeCursor } from '@app/http';
import { reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createdAt, createMemosApi, gateways, id, storedMemo } from '../support/memos.ts';

const cursor = encodeCursor(['listMemos', 'public', {}], [createdAt, id]);
const notACursor = 'must be a nextCursor of this list, unaltered';

describe.each(gateways)('the query of %s', (_name, eventOf) => {
  it.each([
    ['', 25],
    ['limit=1', 1],
    ['limit=100', 100],
  ])('%s asks for a page of that size', async (query, limit) => {
    const { listMemos, requests } = createMemosApi(eventOf);

    const response = await listMemos({ query });

    expect(response.status).toBe(200);
    expect(requests).toMatchObject([{ operation: 'Query', input: { Limit: limit } }]);
  });

  it.each([
    ['limit=0', '/limit', 'must be 1 or more'],
    ['limit=-1', '/limit', 'must be 1 or more'],
    ['limit=101', '/limit', 'must be 100 or less'],
    ['limit=abc', '/limit', 'must be of type integer'],
    ['limit=1.5', '/limit', 'must be of type integer'],
    ['limit=1e1', '/limit', 'must be of type integer'],
    ['limit=0x10', '/limit', 'must be of type integer'],
    ['limit=', '/limit', 'must be of type integer'],
    ['limit=%2010', '/limit', 'must be of type integer'],
    ['limit=99999999999999999999', '/limit', 'must be of type integer'],
    ['limit=1&limit=2', '/limit', 'must be given once'],
    ['limit=1&limit=1', '/limit', 'must be given once'],
    ['colour=red', '/colour', 'is not known'],
    ['a%2Fb=1', '/a~1b', 'is not known'],
    ['constructor=1', '/constructor', 'is not known'],
    ['__proto__=1', '/__proto__', 'is not known'],
    ['Limit=1', '/Limit', 'is not known'],
    ['cursor=', '/cursor', 'must have at least 1 character'],
    [`cursor=${'A'.repeat(1001)}`, '/cursor', 'must have no more than 1000 characters'],
  ])('is a 400 with %s, and nothing is read', async (query, pointer, detail) => {
    const { listMemos, requests } = createMemosApi(eventOf);

    const response = await listMemos({ query });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'query', pointer, detail }] });
    expect(requests).toEqual([]);
  });

  it.each(['createMemo', 'getMemo', 'updateMemo', 'deleteMemo'] as const)(
    'is a 400 where %s takes none',
    async (operation) => {
      const api = createMemosApi(eventOf);

      const body =
        operation === 'createMemo' || operation === 'updateMemo' ? { title: 'Milk', content: '' } : undefined;
      const response = await api[operation]({ query: 'x~y=1', ...(body && { body }) });

      expect(response.body).toMatchObject({
        status: 400,
        errors: [{ in: 'query', pointer: '/x~0y', detail: 'is not known' }],
      });
      expect(api.requests).toEqual([]);
    },
  );

  it('leads on from a cursor of the same list and owner', async () => {
    const { listMemos, requests } = createMemosApi(eventOf);

    const response = await listMemos({ query: `limit=7&cursor=${cursor}` });

    expect(response.status).toBe(200);
    expect(requests).toMatchObject([
      {
        input: {
          Limit: 7,
          ExclusiveStartKey: { ownerId: { S: 'public' }, createdAt: { S: createdAt }, id: { S: id } },
        },
      },
    ]);
  });

  it.each([
    ['of another list', encodeCursor(['listTasks', 'public', {}], [createdAt, id])],
    ['of another owner', encodeCursor(['listMemos', 'alice', {}], [createdAt, id])],
    ['of other filters', encodeCursor(['listMemos', 'public', { status: 'done' }], [createdAt, id])],
    ['of an index with other keys', encodeCursor(['listMemos', 'public', {}], [id])],
    ['that was altered', `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`],
    ['that was cut', cursor.slice(0, -4)],
    ['that is nonsense', 'nonsense'],
    ['that holds half a surrogate pair', encodeCursor(['listMemos', 'public', {}], [createdAt, '\ud800'])],
  ])('is a 400 with a cursor %s, and nothing is read', async (_case, other) => {
    const { listMemos, requests } = createMemosApi(eventOf);

    const response = await listMemos({ query: `cursor=${other}` });

    expect(response.body).toMatchObject({
      status: 400,
      errors: [{ in: 'query', pointer: '/cursor', detail: notACursor }],
    });
    expect(requests).toEqual([]);
  });
});

describe.each(gateways)('the id in a path of %s', (_name, eventOf) => {
  it.each(['1', 'nonsense', `${id}0`, id.replaceAll('-', ''), `${id}\n`, '../users', '__proto__'])(
    'is a 400 when it is %j, whatever the operation, and nothing happens',
    async (other) => {
      const api = createMemosApi(eventOf);
      const request = { path: `/memos/${other}`, params: { id: other } };

      const responses = [
        await api.getMemo(request),
        await api.updateMemo({ ...request, body: { title: 'Milk' } }),
        await api.patchMemo({ ...request, body: { title: 'Milk' } }),
        await api.deleteMemo(request),
      ];

      for (const { body } of responses) {
        expect(body).toMatchObject({
          status: 400,
          errors: [{ in: 'path', pointer: '/id', detail: 'must be a valid uuid' }],
        });
      }
      expect(api.requests).toEqual([]);
    },
  );

  it('may be in capitals: the row is looked up in lower case', async () => {
    const { getMemo, requests } = createMemosApi(eventOf, reply({ Item: storedMemo }));

    const response = await getMemo({ params: { id: id.toUpperCase() } });

    expect(response).toMatchObject({ status: 200, body: { id } });
    expect(requests).toMatchObject([{ input: { Key: { id: { S: id } } } }]);
  });
});
