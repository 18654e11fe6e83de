import { nextMillisecond } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { noteOf, notesApi, notesOf } from '../support/notesApi.ts';

const headers = { 'idempotency-key': 'shopping' };
const body = { title: 'Milk', content: 'Two pints' };

describe('POST /notes under an Idempotency-Key', () => {
  it('makes one note, and answers the replay with it', async () => {
    const notes = notesApi();
    const first = await notes.create(body, headers);
    await nextMillisecond();

    const second = await notes.create({ content: body.content, title: body.title }, headers);

    expect(second).toMatchObject({
      status: 201,
      body: first.body,
      headers: { 'Idempotency-Replayed': 'true', Location: first.headers.Location, ETag: first.headers.ETag },
    });
    expect(first.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(notesOf(await notes.list())).toHaveLength(1);
  });

  it('answers a replay with the note as it is now', async () => {
    const notes = notesApi();
    const { id } = noteOf(await notes.create(body, headers));
    const changed = noteOf(await notes.update(id, { title: 'Bread' }));

    expect(await notes.create(body, headers)).toMatchObject({ status: 201, body: changed });
  });

  it('responds 422 to another payload, and changes nothing', async () => {
    const notes = notesApi();
    const note = noteOf(await notes.create(body, headers));

    const response = await notes.create({ ...body, title: 'Bread' }, headers);

    expect(response.status).toBe(422);
    expect(notesOf(await notes.list())).toEqual([note]);
  });

  it('makes a new note under the key once the first is deleted', async () => {
    const notes = notesApi();
    const first = noteOf(await notes.create(body, headers));
    await notes.remove(first.id);

    const response = await notes.create({ ...body, title: 'Bread' }, headers);

    expect(response).toMatchObject({ status: 201, body: { id: first.id, title: 'Bread', version: 1 } });
    expect(response.headers).not.toHaveProperty('Idempotency-Replayed');
  });

  it('is another key for another owner', async () => {
    const [alice, bob] = [notesApi(), notesApi()];

    const [hers, his] = [await alice.create(body, headers), await bob.create({ ...body, title: 'Bread' }, headers)];

    expect([hers.status, his.status]).toEqual([201, 201]);
    expect(noteOf(hers).id).not.toBe(noteOf(his).id);
  });
});
