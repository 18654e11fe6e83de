import { coloured } from '@app/command-line/colour';
import { describe, expect, it } from '@jest/globals';
import {
  createEntryRenderer,
  entryOfSpan,
  entryOfTrace,
  isEntry,
  renderEntries,
} from '../../../src/inspect/traces/entries.ts';
import { paper, spanOf, summaryOf, terminal } from '../../support/spans.ts';

const long = summaryOf({ name: 'WebSocket $default of quite some length', service: 'items', duration: 1383.6 });
const failed = summaryOf({ name: 'POST /items', service: 'items', status: 202, failed: true });
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

describe('the list of traces', () => {
  it('has aligned columns, and marks what failed in between', () => {
    const text = renderEntries([summaryOf(), failed].map(entryOfTrace), paper);

    expect(text.split('\n')).toEqual([
      'begun         service  what            status   ms  request or trace',
      '03:04:05.006  notes    GET /notes      200     5.0  36c25897-718d-46b0-9105-de65cb8fac37',
      '03:04:05.006  items    POST /items  !  202     5.0  36c25897-718d-46b0-9105-de65cb8fac37',
    ]);
  });

  it('cuts nothing where there is no terminal', () => {
    const text = renderEntries([summaryOf({ name: 'x'.repeat(500) })].map(entryOfTrace), paper);

    expect(text).toContain('x'.repeat(500));
  });

  it.each([80, 90, 120])('fits a terminal of %d columns, and leaves ids whole', (width) => {
    const text = renderEntries([long, failed].map(entryOfTrace), terminal(width));

    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(text.split('\n').every((line, place) => place === 0 || line.endsWith(long.requestId ?? '-'))).toBe(true);
  });

  it('has what is no HTTP request as ok or error, by its trace id', () => {
    const { requestId: _none, ...sweep } = summaryOf({ name: 'items:sweep', status: undefined });

    expect(entryOfTrace({ ...sweep, requestId: undefined })).toMatchObject({ status: 'ok', id: sweep.traceId });
    expect(entryOfTrace(summaryOf({ status: undefined, failed: true })).status).toBe('error');
  });

  it('has colours where there is somebody to see them', () => {
    const text = renderEntries([entryOfTrace(summaryOf({ status: 500 }))], { paint: coloured, width: undefined });

    expect(text).toContain('\u001B[31m500');
  });
});

describe('what follows', () => {
  it('has requests, invocations and what begins a trace, and not the calls between', () => {
    const parentSpanId = 'a';

    expect(isEntry(spanOf({ kind: 'client' }))).toBe(true);
    expect(isEntry(spanOf({ kind: 'server', parentSpanId }))).toBe(true);
    expect(isEntry(spanOf({ kind: 'consumer', parentSpanId }))).toBe(true);
    expect(isEntry(spanOf({ kind: 'client', parentSpanId }))).toBe(false);
    expect(isEntry(spanOf({ kind: 'producer', parentSpanId }))).toBe(false);
  });

  it('is in the same columns, line by line', () => {
    const { entry, headings } = createEntryRenderer(paper);
    const request = entryOfSpan(spanOf({ attributes: { 'http.response.status_code': 404, 'local.request_id': 'r' } }));
    const invocation = entryOfSpan(spanOf({ status: 'error', attributes: { 'faas.invocation_id': 'i' } }));

    expect(headings().indexOf('status')).toBe(entry(request).indexOf('404'));
    expect(entry(request)).toMatch(/ 404 +5\.0 {2}r$/);
    expect(entry(invocation)).toMatch(/ ! {2}error +5\.0 {2}i$/);
  });
});
