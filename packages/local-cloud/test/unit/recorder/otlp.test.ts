import { describe, expect, it } from '@jest/globals';
import { toExportRequest } from '../../../src/recorder/otlp.ts';
import type { Span } from '../../../src/recorder/span.ts';
import { fullSpan, numberedSpan, traceId } from './spans.ts';

const spansIn = (...spans: Span[]) => toExportRequest(spans).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];

describe('toExportRequest', () => {
  it('is OTLP’s JSON of a span with everything', () => {
    expect(spansIn(fullSpan)).toEqual([
      {
        traceId,
        spanId: '0000000000000001',
        parentSpanId: '00000000000000ff',
        name: 'span 1',
        kind: 5,
        startTimeUnixNano: '1800000000000125000',
        endTimeUnixNano: '1800000000002625000',
        attributes: [
          { key: 'text', value: { stringValue: 'grüße 🙂' } },
          { key: 'integer', value: { intValue: '200' } },
          { key: 'negative', value: { intValue: '-9007199254740991' } },
          { key: 'fraction', value: { doubleValue: 0.1 } },
          { key: 'huge', value: { doubleValue: 1e21 } },
          { key: 'yes', value: { boolValue: true } },
          { key: 'no', value: { boolValue: false } },
          { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: '' }] } } },
          { key: 'none', value: { arrayValue: { values: [] } } },
        ],
        events: [
          {
            timeUnixNano: '1800000000001500000',
            name: 'log',
            attributes: [
              { key: 'level', value: { stringValue: 'INFO' } },
              { key: 'line', value: { intValue: '3' } },
            ],
          },
        ],
        links: [{ traceId, spanId: '00000000000000aa' }],
        status: { code: 2, message: 'The function has thrown.' },
      },
    ]);
  });

  it('leaves out what a span does not have', () => {
    const [span] = spansIn(numberedSpan(1, { parentSpanId: undefined, statusMessage: undefined }));

    expect(Object.keys(span ?? {})).toEqual(
      'traceId spanId name kind startTimeUnixNano endTimeUnixNano attributes status'.split(' '),
    );
    expect(span?.status).toEqual({ code: 0 });
  });

  it('has spans below the resource of their service, in order', () => {
    const services = ['notes', 'SQS', 'notes'];

    const { resourceSpans } = toExportRequest(services.map((service, number) => numberedSpan(number, { service })));

    expect(resourceSpans.map(({ scopeSpans }) => scopeSpans.map(({ spans }) => spans.map(({ name }) => name)))).toEqual(
      [[['span 0', 'span 2']], [['span 1']]],
    );
    expect(resourceSpans[1]?.scopeSpans[0]?.scope).toEqual({ name: 'groundwork.local-cloud' });
    expect(resourceSpans[1]?.resource.attributes).toEqual([
      { key: 'service.name', value: { stringValue: 'SQS' } },
      { key: 'service.namespace', value: { stringValue: 'groundwork' } },
      { key: 'deployment.environment.name', value: { stringValue: 'local' } },
    ]);
  });

  it('replaces half a character, as protobuf has whole ones only', () => {
    const half = '🙂'.slice(0, 1);

    const [span] = spansIn(numberedSpan(1, { name: half, attributes: { body: half } }));

    expect(span).toMatchObject({ name: '\uFFFD', attributes: [{ value: { stringValue: '\uFFFD' } }] });
  });
});
