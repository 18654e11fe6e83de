import { documentClient } from '@app/dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { config } from '../../src/config.ts';
import { aTimeToCome, noteOf, notesApi, notesOf } from '../support/notesApi.ts';

const rowOf = async (id: string) =>
  (await documentClient.send(new GetCommand({ TableName: config.tableName, Key: { id } }))).Item;

describe('POST /notes', () => {
  it('responds 201 with the note, which can then be read and listed', async () => {
    const notes = notesApi();

    const response = await notes.create({ title: 'Milk', content: 'Two pints' });

    const note = noteOf(response);
    expect(response).toMatchObject({ status: 201, headers: { Location: `/notes/${note.id}` } });
    expect(note).toMatchObject({ title: 'Milk', content: 'Two pints', version: 1, createdAt: note.updatedAt });
    expect(await notes.get(note.id)).toMatchObject({
      status: 200,
      body: note,
      headers: { ETag: response.headers.ETag },
    });
    expect((await notes.list()).body).toEqual({ notes: [note], count: 1 });
  });

  it('gives text back as it was given', async () => {
    const notes = notesApi();
    const fields = { title: '🧀 e\u0301\u0000\u200b\ufeff', content: `"'\\\r\n\t ${'🧀'.repeat(50_000)}` };

    const { id } = await notes.aNote(fields);

    expect((await notes.get(id)).body).toMatchObject(fields);
  });

  it('keeps times in one form, with the second of expiry as ttl', async () => {
    const notes = notesApi();

    const note = await notes.aNote({ expiresAt: '2999-01-01t01:00:00.0005+01:00' });

    expect(note.expiresAt).toBe('2999-01-01T00:00:00.000Z');
    expect(await rowOf(note.id)).toMatchObject({ ...note, ttl: 32_472_144_000, ownerId: notes.subject });
  });
});

describe('PUT /notes/{id}', () => {
  it('changes the fields given, and leaves the rest', async () => {
    const notes = notesApi();
    const note = await notes.aNote({ expiresAt: aTimeToCome() });

    const response = await notes.update(note.id, { title: 'Bread' });

    const changed = noteOf(response);
    expect(response.status).toBe(200);
    expect(changed).toEqual({ ...note, title: 'Bread', version: 2, updatedAt: changed.updatedAt });
    expect(changed.updatedAt >= note.updatedAt).toBe(true);
    expect((await notes.get(note.id)).body).toEqual(changed);
  });

  it('responds 404 when the note does not exist, and makes none', async () => {
    const notes = notesApi();
    const id = crypto.randomUUID();

    expect((await notes.update(id, { title: 'Bread' })).status).toBe(404);
    expect(await rowOf(id)).toBeUndefined();
  });
});

describe('PATCH /notes/{id}', () => {
  it('removes the expiry that is set to null, and its ttl', async () => {
    const notes = notesApi();
    const note = await notes.aNote({ expiresAt: aTimeToCome() });

    const response = await notes.patch(note.id, { expiresAt: null, content: '' });

    expect(response).toMatchObject({ status: 200, body: { title: 'Milk', content: '', version: 2 } });
    expect(response.body).not.toHaveProperty('expiresAt');
    expect(await rowOf(note.id)).not.toHaveProperty('ttl');
  });

  it('removes an expiry that is not there without complaint', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();

    expect(await notes.patch(id, { expiresAt: null })).toMatchObject({ status: 200, body: { version: 2 } });
  });

  it('moves the ttl with the expiry', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote({ expiresAt: aTimeToCome() });

    await notes.patch(id, { expiresAt: '2999-01-01T00:00:00.001Z' });

    expect(await rowOf(id)).toMatchObject({ expiresAt: '2999-01-01T00:00:00.001Z', ttl: 32_472_144_001 });
  });
});

describe('DELETE /notes/{id}', () => {
  it('responds 204, and the note is gone', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();

    const response = await notes.remove(id);

    expect(response).toMatchObject({ status: 204, body: undefined });
    expect((await notes.get(id)).status).toBe(404);
    expect(notesOf(await notes.list())).toEqual([]);
  });

  it('responds 404 when the note does not exist', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();

    await notes.remove(id);

    expect((await notes.remove(id)).status).toBe(404);
    expect((await notes.update(id, { title: 'Bread' })).status).toBe(404);
  });
});
