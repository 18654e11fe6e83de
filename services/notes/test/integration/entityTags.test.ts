import { entityTagOf } from '@app/http';
import { describe, expect, it } from '@jest/globals';
import { expire, noteOf, notesApi } from '../support/notesApi.ts';

const other = '"zz-mjuohs00"';

describe('If-None-Match', () => {
  it('answers 304 until the note changes', async () => {
    const notes = notesApi();
    const note = await notes.aNote();
    const headers = { 'if-none-match': entityTagOf(note) };

    expect(await notes.get(note.id, headers)).toMatchObject({ status: 304, body: undefined });

    await notes.update(note.id, { title: 'Bread' });
    expect(await notes.get(note.id, headers)).toMatchObject({ status: 200, body: { title: 'Bread' } });
  });
});

describe.each([
  [
    'PUT',
    (notes: ReturnType<typeof notesApi>, id: string, tags: string) =>
      notes.update(id, { title: 'Bread' }, { 'if-match': tags }),
    200,
  ],
  [
    'PATCH',
    (notes: ReturnType<typeof notesApi>, id: string, tags: string) =>
      notes.patch(id, { title: 'Bread' }, { 'if-match': tags }),
    200,
  ],
  [
    'DELETE',
    (notes: ReturnType<typeof notesApi>, id: string, tags: string) => notes.remove(id, { 'if-match': tags }),
    204,
  ],
] as const)('If-Match on %s', (_method, write, success) => {
  it.each([
    ['the tag', (tag: string) => tag],
    ['a list that holds the tag', (tag: string) => `${other}, ${tag}`],
    ['*', () => '*'],
    ['50 tags, ours the last', (tag: string) => [...Array.from({ length: 49 }, () => other), tag].join()],
  ])('lets %s through', async (_case, tagsFor) => {
    const notes = notesApi();
    const note = await notes.aNote();

    expect((await write(notes, note.id, tagsFor(entityTagOf(note)))).status).toBe(success);
  });

  it.each([
    ['the tag of another state', () => other],
    ['the tag, marked weak', (tag: string) => `W/${tag}`],
    ['a tag that is not ours', () => '"abc"'],
    ['the tag in capitals', (tag: string) => tag.toUpperCase()],
  ])('answers 412 to %s, and changes nothing', async (_case, tagsFor) => {
    const notes = notesApi();
    const note = await notes.aNote();

    expect((await write(notes, note.id, tagsFor(entityTagOf(note)))).status).toBe(412);
    expect((await notes.get(note.id)).body).toEqual(note);
  });

  it('answers 412 to the tag of the version before', async () => {
    const notes = notesApi();
    const note = await notes.aNote();
    const changed = noteOf(await notes.update(note.id, { title: 'Cheese' }));

    expect((await write(notes, note.id, entityTagOf(note))).status).toBe(412);
    expect((await write(notes, note.id, entityTagOf(changed))).status).toBe(success);
  });

  it.each(['*', other])('answers 404 to %s when there is no note', async (tags) => {
    expect((await write(notesApi(), crypto.randomUUID(), tags)).status).toBe(404);
  });
});

describe('a note that comes back under its old id', () => {
  it('is another one: the old tag does not match', async () => {
    const notes = notesApi();
    const headers = { 'idempotency-key': 'k' };
    const first = noteOf(await notes.create(undefined, headers));
    await expire(first.id);
    const second = noteOf(await notes.create(undefined, headers));

    const response = await notes.update(second.id, { title: 'Bread' }, { 'if-match': entityTagOf(first) });

    expect(second).toMatchObject({ id: first.id, version: first.version });
    expect(response.status).toBe(412);
  });
});
