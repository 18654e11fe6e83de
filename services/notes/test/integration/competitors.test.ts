import { createDocumentClient, documentClient } from '@app/dynamodb';
import { lostAnswers } from '@app/test-support/lostAnswers';
import { nextMillisecond } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { config } from '../../src/config.ts';
import { createNoteRepository } from '../../src/noteRepository.ts';
import { noteOf, notesApi } from '../support/notesApi.ts';

const engine = String(process.env['AWS_ENDPOINT_URL_DYNAMODB']);
const others = createNoteRepository(createDocumentClient({ endpoint: engine }), config.tableName);
const { dynamodb } = await lostAnswers(documentClient);
const api = notesApi();
const [ours, theirs] = [{ title: 'Ours' }, { title: 'Theirs' }];

const write = (id: string) => others.update(api.subject, id, theirs);
const remove = (id: string) => others.delete(api.subject, id);

/** Our write, whose request or answer is lost, and what others do before it is tried again. */
const interrupted = async <T>(kind: 'reset' | 'lose', meanwhile: () => Promise<unknown>, work: () => Promise<T>) => {
  const fault = dynamodb.proxy.add({ kind, times: 1, operations: ['PutItem', 'UpdateItem', 'DeleteItem'], meanwhile });
  const answer = await work();
  fault.remove();
  return answer;
};

const aNote = async () => {
  const created = await api.create();
  return { id: noteOf(created).id, ofETag: { 'if-match': String(created.headers['ETag']) } };
};

const stateOf = async (id: string) => {
  const { status, body } = await api.get(id);
  return status === 200 ? [body?.['title'], body?.['version']] : status;
};

describe('PUT with If-Match', () => {
  it.each([
    ['was carried out, and others wrote since', ['lose', 1], [503, 'Theirs', 3]],
    [
      'was not carried out, and others wrote twice: nothing tells it from the case before',
      ['reset', 2],
      [503, 'Theirs', 3],
    ],
    ['was not carried out, and others wrote once: the next version is theirs', ['reset', 1], [412, 'Theirs', 2]],
  ] as const)('%s', async (_case, [kind, times], end) => {
    const { id, ofETag } = await aNote();
    const meanwhile = async () => {
      for (let count = 0; count < times; count++) await write(id);
    };

    const answer = await interrupted(kind, meanwhile, () => api.update(id, ours, ofETag));

    expect([answer.status, ...[await stateOf(id)].flat()]).toEqual(end);
  });

  it('responds 404 when it was carried out, and others deleted the note since', async () => {
    const { id, ofETag } = await aNote();

    const answer = await interrupted(
      'lose',
      () => remove(id),
      () => api.update(id, ours, ofETag),
    );

    expect([answer.status, await stateOf(id)]).toEqual([404, 404]);
  });
});

describe('PUT', () => {
  it('is the last to write, as its answer says, when others wrote after its lost answer', async () => {
    const { id } = await aNote();

    const answer = await interrupted(
      'lose',
      () => write(id),
      () => api.update(id, ours),
    );

    expect(answer).toMatchObject({ status: 200, body: { ...ours, version: 4 } });
    expect(await stateOf(id)).toEqual(['Ours', 4]);
  });
});

describe('POST', () => {
  const keyed = () => ({ 'idempotency-key': crypto.randomUUID() });

  it.each([
    ['without a key', () => ({})],
    ['with a key', keyed],
  ])('%s knows its note, which others have changed since', async (_case, headers) => {
    let id = '';
    const changed = async () => {
      id = String((await others.listNewestFirst(api.subject, { limit: 1 })).items[0]?.id);
      await write(id);
    };

    const answer = await interrupted('lose', changed, () => api.create(undefined, headers()));

    expect(answer).toMatchObject({ status: 201, body: { id, ...theirs, version: 2 } });
    expect(answer.headers).not.toHaveProperty('Idempotency-Replayed');
  });

  it('is a replay where another request under the key came first', async () => {
    const headers = keyed();
    let first: unknown;
    const meanwhile = async () => {
      first = (await api.create(undefined, headers)).body;
    };

    const answer = await interrupted('reset', meanwhile, () => api.create(undefined, headers));

    expect(answer).toMatchObject({ status: 201, headers: { 'Idempotency-Replayed': 'true' }, body: first });
  });
});

describe('DELETE', () => {
  const anAgain = async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const first = await api.create(undefined, headers);
    const again = () => nextMillisecond().then(() => api.create(undefined, headers));
    return { id: noteOf(first).id, ofETag: { 'if-match': String(first.headers['ETag']) }, again };
  };

  it('with If-Match is done, and leaves what has come under the id since', async () => {
    const { id, ofETag, again } = await anAgain();

    const answer = await interrupted('lose', again, () => api.remove(id, ofETag));

    expect([answer.status, await stateOf(id)]).toEqual([204, ['Milk', 1]]);
  });

  it('without If-Match deletes that as well: whatever has the id is what was asked for', async () => {
    const { id, again } = await anAgain();

    const answer = await interrupted('lose', again, () => api.remove(id));

    expect([answer.status, await stateOf(id)]).toEqual([204, 404]);
  });

  it('with If-Match responds 412 when others changed the note before it was carried out', async () => {
    const { id, ofETag } = await aNote();

    const answer = await interrupted(
      'reset',
      () => write(id),
      () => api.remove(id, ofETag),
    );

    expect([answer.status, await stateOf(id)]).toEqual([412, ['Theirs', 2]]);
  });
});
