import { dateTime, email, mediaType, uuid } from '@app/contracts/formats';
import { attachment, decodeCursor, identityOf, isNoneMatch, parseIfMatch, parseWait } from '@app/http';
import { startTrace } from '@app/observability';
import { reply } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { pathOf } from '../../src/http/httpEvent.ts';
import { slowlyRead } from '../support/hostileText.ts';
import { createMemosApi, gateways, id, storedMemo } from '../support/memos.ts';

describe('reading takes a time that grows with the length alone', () => {
  it.each<[string, (text: string) => unknown]>([
    ['Prefer', parseWait],
    ['If-Match', parseIfMatch],
    ['If-None-Match', (text) => isNoneMatch(text, '"1-a"')],
    ['Idempotency-Key', (text) => identityOf('alice', text, {})],
    ['traceparent', (text) => startTrace(text)],
    ['a media type', mediaType],
    ['an email address', email],
    ['a time', dateTime],
    ['an id', uuid],
    ['a cursor', (text) => decodeCursor(['listMemos', 'alice', {}], text)],
    ['a cursor’s own text', (text) => decodeCursor(['l', 'a', {}], Buffer.from(text).toString('base64url'))],
    ['a file’s name for Content-Disposition', attachment],
  ])('of %s', async (_name, read) => {
    expect(await slowlyRead(read)).toBeUndefined();
  });

  const [[, eventOf]] = gateways;
  const api = createMemosApi(eventOf, reply({ Attributes: storedMemo }));
  const inHeader = (name: string) => (text: string) =>
    api.updateMemo({ params: { id }, path: `/memos/${id}`, body: { title: 'Milk' }, headers: { [name]: text } });

  it.each(['Content-Type', 'Accept', 'Authorization', 'Cookie', 'Origin', 'Prefer', 'traceparent', 'If-Match'])(
    'of the header %s, through the whole pipeline',
    async (name) => {
      expect(await slowlyRead(inHeader(name), 15)).toBeUndefined();
    },
  );

  /** Gateways take no more than 10 KB of headers and path; URLSearchParams by itself needs 90 ms for 64 KB of `&"`. */
  const ofQueries = { kilobytes: 64, milliseconds: 400 };

  it('of a query, through the whole pipeline', async () => {
    expect(await slowlyRead((query) => api.listMemos({ query }), 30, ofQueries)).toBeUndefined();
  });

  it('of a path', async () => {
    expect(await slowlyRead((path) => pathOf(eventOf({ path: `/${path}` })))).toBeUndefined();
  });
});
