import type { Note } from '@app/contracts/notes';
import { nextMillisecond } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { expire, notesApi, notesOf } from '../support/notesApi.ts';

type NotesApi = ReturnType<typeof notesApi>;

const create = (notes: NotesApi, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => notes.aNote({ title: `Note ${index}` })));

/** All pages, as a client would follow them: by the Link of each. Calls `between` after each page. */
const walk = async (notes: NotesApi, limit: number, between: () => Promise<unknown> = () => Promise.resolve()) => {
  const pages: Note[][] = [];
  let query: string | undefined = `limit=${limit}`;
  while (query !== undefined) {
    const response = await notes.list(query);
    pages.push(notesOf(response));
    const { nextCursor } = response.body as { nextCursor?: string };
    const link: string | undefined = response.headers.Link;
    expect(link?.includes(String(nextCursor)) ?? false).toBe(nextCursor !== undefined);
    query = /^<\/notes\?(.*)>; rel="next"$/.exec(link ?? '')?.[1];
    await between();
  }
  return pages;
};

const idsOf = (notes: readonly Note[]) => notes.map(({ id }) => id);

describe('GET /notes', () => {
  it('responds 200 with an empty list where there are no notes', async () => {
    expect(await notesApi().list()).toMatchObject({ status: 200, body: { notes: [], count: 0 } });
  });

  it('lists newest first', async () => {
    const notes = notesApi();
    for (let index = 0; index < 5; index++) {
      await notes.aNote({ title: String(index) });
      await nextMillisecond();
    }

    expect(notesOf(await notes.list()).map(({ title }) => title)).toEqual(['4', '3', '2', '1', '0']);
  });

  it('shows every note once over all pages, none longer than its limit', async () => {
    const notes = notesApi();
    const all = await create(notes, 40);

    const pages = await walk(notes, 7);

    expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 7, 7, 5]);
    expect(idsOf(pages.flat()).toSorted()).toEqual(idsOf(all).toSorted());
  });

  it('ends with an empty page or none where the limit divides the notes', async () => {
    const notes = notesApi();
    await create(notes, 10);

    const pages = await walk(notes, 5);

    expect(pages.map(({ length }) => length).filter((length) => length > 0)).toEqual([5, 5]);
  });

  it('shows every note that stays once, while others come and go', async () => {
    const notes = notesApi();
    const [staying, going] = [await create(notes, 25), await create(notes, 15)];

    const pages = await walk(notes, 4, async () => {
      await notes.aNote({ title: 'new' });
      const gone = going.pop();
      if (gone) await notes.remove(gone.id);
    });

    const seen = idsOf(pages.flat());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(idsOf(staying)));
    expect(pages.flat().map(({ title }) => title)).not.toContain('new');
  });

  it('leads on from a cursor whose own note is gone', async () => {
    const notes = notesApi();
    const all = await create(notes, 6);
    const first = await notes.list('limit=3');
    const { nextCursor } = first.body as { nextCursor: string };
    await Promise.all(notesOf(first).map(({ id }) => notes.remove(id)));

    const rest = notesOf(await notes.list(`cursor=${nextCursor}`));

    expect([...idsOf(notesOf(first)), ...idsOf(rest)].toSorted()).toEqual(idsOf(all).toSorted());
  });

  it('shows every living note once past those that have expired, on pages that may be short', async () => {
    const notes = notesApi();
    const all = await create(notes, 20);
    const expired = idsOf(all).filter((_, index) => index % 2 === 0);
    await Promise.all(expired.map(expire));

    const pages = await walk(notes, 3);

    const living = idsOf(all).filter((id) => !expired.includes(id));
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(3);
    expect(idsOf(pages.flat()).toSorted()).toEqual(living.toSorted());
  });
});
