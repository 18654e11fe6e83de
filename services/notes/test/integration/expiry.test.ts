import { entityTagOf } from '@app/http';
import { eventually } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { aTimeToCome, expire, noteOf, notesApi, notesOf } from '../support/notesApi.ts';

const anExpiredNote = async () => {
  const notes = notesApi();
  const note = await notes.aNote();
  await expire(note.id);
  return { notes, note };
};

describe('a note past its expiry, whose row is still there', () => {
  it('is a 404 to read', async () => {
    const { notes, note } = await anExpiredNote();

    expect((await notes.get(note.id)).status).toBe(404);
  });

  it('is in no list', async () => {
    const { notes } = await anExpiredNote();
    const living = await notes.aNote();

    expect(notesOf(await notes.list())).toEqual([living]);
  });

  it('is a 404 to change, and cannot be brought back', async () => {
    const { notes, note } = await anExpiredNote();

    expect((await notes.update(note.id, { title: 'Bread' })).status).toBe(404);
    expect((await notes.patch(note.id, { expiresAt: null })).status).toBe(404);
    expect((await notes.update(note.id, { expiresAt: aTimeToCome() }, { 'if-match': entityTagOf(note) })).status).toBe(
      404,
    );
    expect((await notes.get(note.id)).status).toBe(404);
  });

  it('is a 404 to delete, even with a tag that would not match', async () => {
    const { notes, note } = await anExpiredNote();

    expect((await notes.remove(note.id)).status).toBe(404);
    expect((await notes.remove(note.id, { 'if-match': '"zz-mjuohs00"' })).status).toBe(404);
  });

  it('leaves its Idempotency-Key free, for another payload too', async () => {
    const notes = notesApi();
    const headers = { 'idempotency-key': 'k' };
    const first = noteOf(await notes.create({ title: 'Milk', content: '' }, headers));
    await expire(first.id);

    const response = await notes.create({ title: 'Bread', content: '' }, headers);

    expect(response).toMatchObject({ status: 201, body: { id: first.id, title: 'Bread', version: 1 } });
    expect(response.headers).not.toHaveProperty('Idempotency-Replayed');
  });
});

describe('a note with an expiry to come', () => {
  it('is there until then, and not after', async () => {
    const notes = notesApi();
    const expiry = Date.now() + 500;
    const { id } = await notes.aNote({ expiresAt: new Date(expiry).toISOString() });

    expect((await notes.get(id)).status).toBe(200);

    await eventually(() => Date.now() > expiry);
    expect((await notes.get(id)).status).toBe(404);
  });
});
