import { refusal, reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createNotesApi, gateways, id, storedNote } from '../support/notes.ts';

const body = { title: 'Milk', content: 'Two pints' };
const conditionFailed = refusal('ConditionalCheckFailedException');
const minted = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe.each(gateways)('the headers through %s', (_name, eventOf) => {
  const outcomes = [
    ['201', () => createNotesApi(eventOf).createNote({ body })],
    ['200', () => createNotesApi(eventOf).listNotes()],
    ['204', () => createNotesApi(eventOf, reply({ Attributes: storedNote })).deleteNote()],
    ['400', () => createNotesApi(eventOf).createNote({ body: {} })],
    ['404', () => createNotesApi(eventOf, conditionFailed).deleteNote()],
    ['413', () => createNotesApi(eventOf).createNote({ body: 'x'.repeat(300_000) })],
    ['415', () => createNotesApi(eventOf).createNote({ headers: { 'content-type': 'text/plain' }, body: 'x' })],
    ['500', () => createNotesApi(eventOf, refusal('ValidationException')).listNotes()],
    ['503', () => createNotesApi(eventOf, refusal('ThrottlingException')).listNotes()],
  ] as const;

  it.each(outcomes)('secure a %s, and keep it out of caches', async (status, respond) => {
    const response = await respond();

    expect(response.status).toBe(Number(status));
    expect(response.headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Strict-Transport-Security': expect.stringMatching(/^max-age=\d{8,}/),
      'X-Content-Type-Options': 'nosniff',
      'x-request-id': expect.stringMatching(minted),
    });
  });

  it('name the media type of what is there', async () => {
    const note = await createNotesApi(eventOf).createNote({ body });
    const problem = await createNotesApi(eventOf).createNote({ body: {} });
    const nothing = await createNotesApi(eventOf, reply({ Attributes: storedNote })).deleteNote();

    expect(note.headers['Content-Type']).toBe('application/json');
    expect(problem.headers['Content-Type']).toBe('application/problem+json');
    expect(nothing.headers).not.toHaveProperty('Content-Type');
    expect(nothing.body).toBeUndefined();
  });

  it('carry a request id of our own, the same as in the problem, and never the caller’s', async () => {
    const { getNote } = createNotesApi(eventOf);

    const responses = await Promise.all(
      Array.from({ length: 10 }, () => getNote({ headers: { 'x-request-id': 'from-the-caller' } })),
    );

    const ids = responses.map(({ headers }) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(10);
    expect(ids).not.toContain('from-the-caller');
    expect(responses.map((response) => response.body?.requestId)).toEqual(ids);
  });
});

const [[, httpApiEvent], [, restApiEvent]] = gateways;

describe('the paths in headers', () => {
  const page = reply({ Items: [storedNote], LastEvaluatedKey: storedNote });

  it.each([
    ['an HTTP API', httpApiEvent, '/notes'],
    ['a REST API, whose stage stays in front', restApiEvent, '/dev/notes'],
  ])('of %s can be followed: Location', async (_case, eventOf, path) => {
    const response = await createNotesApi(eventOf).createNote({ body });

    expect(response.headers.Location).toBe(`${path}/${String(response.body?.id)}`);
  });

  it.each([
    ['an HTTP API', httpApiEvent, '/notes'],
    ['a REST API, whose stage stays in front', restApiEvent, '/dev/notes'],
  ])('of %s can be followed: Link', async (_case, eventOf, path) => {
    const response = await createNotesApi(eventOf, page).listNotes({ query: 'limit=1' });

    const { nextCursor } = response.body as { nextCursor: string };
    expect(response.headers.Link).toBe(`<${path}?limit=1&cursor=${nextCursor}>; rel="next"`);
  });

  it('are there only while there is something to follow', async () => {
    const last = await createNotesApi(httpApiEvent, reply({ Items: [storedNote] })).listNotes();
    const refused = await createNotesApi(httpApiEvent).createNote({ body: {} });

    expect(last.headers).not.toHaveProperty('Link');
    expect(last.body).not.toHaveProperty('nextCursor');
    expect(refused.headers).not.toHaveProperty('Location');
  });

  it('of a replay lead to the note that is there', async () => {
    const { createNote } = createNotesApi(
      httpApiEvent,
      refusal('ConditionalCheckFailedException', { Item: storedNote }),
    );

    const response = await createNote({ body });

    expect(response.body).toMatchObject({ id });
  });
});
