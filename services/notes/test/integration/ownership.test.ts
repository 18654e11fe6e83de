import { entityTagOf } from '@app/http';
import { describe, expect, it } from '@jest/globals';
import { notesApi, notesOf } from '../support/notesApi.ts';

describe("another owner's note", () => {
  it('is a 404 to read, change and delete, and stays as it is', async () => {
    const [alice, mallory] = [notesApi(), notesApi()];
    const note = await alice.aNote();
    const headers = { 'if-match': entityTagOf(note) };

    const responses = [
      await mallory.get(note.id),
      await mallory.get(note.id, { 'if-none-match': '*' }),
      await mallory.update(note.id, { title: 'Bread' }),
      await mallory.update(note.id, { title: 'Bread' }, headers),
      await mallory.update(note.id, { title: 'Bread' }, { 'if-match': '"zz-mjuohs00"' }),
      await mallory.patch(note.id, { title: 'Bread' }),
      await mallory.remove(note.id),
      await mallory.remove(note.id, headers),
    ];

    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 404));
    expect((await alice.get(note.id)).body).toEqual(note);
  });

  it('is in no list but its owner’s', async () => {
    const [alice, mallory] = [notesApi(), notesApi()];
    const note = await alice.aNote();

    expect(notesOf(await alice.list())).toEqual([note]);
    expect(notesOf(await mallory.list())).toEqual([]);
  });

  it('cannot be reached by its owner’s cursor', async () => {
    const [alice, mallory] = [notesApi(), notesApi()];
    await alice.aNote();
    await alice.aNote();
    const { nextCursor } = (await alice.list('limit=1')).body as { nextCursor: string };

    const response = await mallory.list(`cursor=${nextCursor}`);

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'query', pointer: '/cursor' }] });
  });
});
