import { entityTagOf } from '@app/http';
import { describe, expect, it } from '@jest/globals';
import { noteOf, notesApi, notesOf } from '../support/notesApi.ts';

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

describe('50 conditional updates of one note at once', () => {
  it('let exactly one win each version', async () => {
    const notes = notesApi();
    let note = await notes.aNote();

    for (let round = 0; round < 5; round++) {
      const headers = { 'if-match': entityTagOf(note) };
      const responses = await times(50, (index) => notes.update(note.id, { title: `${round} ${index}` }, headers));

      const won = responses.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      expect(responses.filter(({ status }) => status === 412)).toHaveLength(49);
      const winner = noteOf(won[0] ?? { body: undefined });
      expect(winner).toMatchObject({ version: note.version + 1 });
      expect((await notes.get(note.id)).body).toEqual(winner);
      note = winner;
    }
  });

  it('all come through, one version each, when every loser tries again', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();
    const winUntil = async (index: number) => {
      for (;;) {
        const current = noteOf(await notes.get(id));
        const response = await notes.update(id, { title: `By ${index}` }, { 'if-match': entityTagOf(current) });
        if (response.status === 200) return noteOf(response).version;
      }
    };

    const versions = await times(10, winUntil);

    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, index) => index + 2));
  });
});

describe('50 updates of one note without a condition', () => {
  it('are all counted', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();

    const responses = await times(50, (index) => notes.update(id, { title: `By ${index}` }));

    expect(new Set(responses.map((response) => noteOf(response).version)).size).toBe(50);
    expect((await notes.get(id)).body).toMatchObject({ version: 51 });
  });
});

describe('20 creates under one Idempotency-Key at once', () => {
  it('make one note, and all answer with it', async () => {
    const notes = notesApi();
    const headers = { 'idempotency-key': 'k' };

    const responses = await times(20, () => notes.create(undefined, headers));

    const [note] = notesOf(await notes.list());
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 201));
    expect(responses.map(({ body }) => body)).toEqual(responses.map(() => note));
    expect((await notes.list()).body).toMatchObject({ count: 1 });
  });

  it('let one payload win, and refuse the others', async () => {
    const notes = notesApi();
    const headers = { 'idempotency-key': 'k' };

    const responses = await times(20, (index) => notes.create({ title: `By ${index}`, content: '' }, headers));

    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 422)).toHaveLength(19);
    expect((await notes.list()).body).toMatchObject({ count: 1 });
  });
});

describe('20 deletes of one note at once', () => {
  it('let one delete it: the others find nothing', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();

    const statuses = (await times(20, () => notes.remove(id))).map(({ status }) => status);

    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, ...Array.from({ length: 19 }, () => 404)]);
  });
});
