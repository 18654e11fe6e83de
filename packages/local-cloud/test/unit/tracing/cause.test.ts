import { describe, expect, it } from '@jest/globals';
import { causeOfBatch } from '../../../src/tracing/cause.ts';

const context = (number: number) => ({ traceId: `trace ${number}`, spanId: `span ${number}` });

describe('the cause of a batch', () => {
  it('is what led to its first record; what led to the others are links', () => {
    expect(causeOfBatch('pubsub', 'writes.fifo', [context(1), context(2), context(3)])).toEqual({
      trigger: 'pubsub',
      source: 'writes.fifo',
      parent: context(1),
      links: [context(2), context(3)],
    });
  });

  it('is what led to the first record of which that is known', () => {
    expect(causeOfBatch('datasource', 'items', [undefined, context(2), undefined, context(4)])).toMatchObject({
      parent: context(2),
      links: [context(4)],
    });
  });

  it('begins a trace where nothing is known of any record', () => {
    expect(causeOfBatch('datasource', 'items', [undefined, undefined])).toEqual({
      trigger: 'datasource',
      source: 'items',
      parent: undefined,
      links: [],
    });
  });
});
