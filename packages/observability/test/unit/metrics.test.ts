import { collectLogLines } from '@app/test-support';
import { beforeAll, describe, expect, it } from '@jest/globals';

let recordRequest: typeof import('../../src/metrics.ts').recordRequest;

beforeAll(async () => {
  process.env.POWERTOOLS_METRICS_DISABLED = 'false';
  ({ recordRequest } = await import('../../src/metrics.ts'));
});

const recordOf = (status: number) => {
  const log = collectLogLines();
  recordRequest({ operation: 'getNote', status, duration: 12.5, capacity: { read: 0.5, write: 1 } });
  log.stop();
  return log.lines;
};

describe('recordRequest', () => {
  it('writes one record by operation, with what the request took', () => {
    const records = recordOf(200);

    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Namespace: 'Groundwork', Dimensions: [['service', 'operation']] }] },
      operation: 'getNote',
      service: 'test',
      Requests: 1,
      Successes: 1,
      Latency: 12.5,
      ConsumedReadCapacity: 0.5,
      ConsumedWriteCapacity: 1,
    });
  });

  it.each([
    [200, 'Successes'],
    [304, 'Successes'],
    [400, 'ClientErrors'],
    [499, 'ClientErrors'],
    [500, 'ServerErrors'],
    [503, 'ServerErrors'],
  ])('counts a %i among the %s, and nowhere else', (status, outcome) => {
    const [record = {}] = recordOf(status);

    const outcomes = Object.keys(record).filter((name) => /^(Successes|ClientErrors|ServerErrors)$/.test(name));
    expect(outcomes).toEqual([outcome]);
  });
});
