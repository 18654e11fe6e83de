import { collectLogLines } from '@app/test-support';
import { beforeAll, describe, expect, it } from '@jest/globals';

let metrics: typeof import('../../src/metrics.ts');

beforeAll(async () => {
  process.env.POWERTOOLS_METRICS_DISABLED = 'false';
  metrics = await import('../../src/metrics.ts');
});

const written = (record: () => void) => {
  const log = collectLogLines();
  record();
  log.stop();
  return log.lines;
};

const requestRecord = (status: number, { operation = 'getNote', duration = 12.5 } = {}) => {
  const [record = {}, ...more] = written(() =>
    metrics.recordRequest({ operation, status, duration, capacity: { read: 0.5, write: 1 } }),
  );
  expect(more).toEqual([]);
  return record;
};

const count = (Name: string) => ({ Name, Unit: 'Count' });
const milliseconds = (Name: string) => ({ Name, Unit: 'Milliseconds' });

const formatOf = (...Metrics: object[]) => ({
  Timestamp: expect.any(Number),
  CloudWatchMetrics: [{ Namespace: 'Groundwork', Dimensions: [['service', 'operation']], Metrics }],
});

describe('recordRequest', () => {
  it('writes one record by operation, with what the request took', () => {
    expect(requestRecord(200)).toEqual({
      _aws: formatOf(
        count('Requests'),
        count('Successes'),
        milliseconds('Latency'),
        count('ConsumedReadCapacity'),
        count('ConsumedWriteCapacity'),
      ),
      operation: 'getNote',
      service: 'test',
      Requests: 1,
      Successes: 1,
      Latency: 12.5,
      ConsumedReadCapacity: 0.5,
      ConsumedWriteCapacity: 1,
    });
  });

  it('counts how long a service makes those wait who have not asked to', () => {
    const capacity = { read: 0, write: 0 };
    const record = (asksToWait: boolean) =>
      written(() =>
        metrics.recordRequest({ operation: 'createItem', status: 202, duration: 12.5, capacity, asksToWait }),
      )[0];

    const ofService = {
      Namespace: 'Groundwork',
      Dimensions: [['service']],
      Metrics: [milliseconds('LatencyWithoutWait')],
    };
    expect(record(false)).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'operation']] }, ofService] },
      Latency: 12.5,
      LatencyWithoutWait: 12.5,
    });
    expect(record(true)).not.toHaveProperty('LatencyWithoutWait');
    expect(record(true)).toMatchObject({ _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'operation']] }] } });
  });

  it('writes the time and the values of each request', () => {
    const before = Date.now();
    requestRecord(200, { duration: 1 });
    const { _aws, Latency } = requestRecord(200, { duration: 2 });

    expect(Latency).toBe(2);
    expect((_aws as { Timestamp: number }).Timestamp).toBeGreaterThanOrEqual(before);
  });

  it('keeps operations apart', () => {
    requestRecord(200);

    expect(requestRecord(200, { operation: 'listNotes' })).toMatchObject({ operation: 'listNotes' });
  });

  it.each([
    [200, 'Successes'],
    [304, 'Successes'],
    [400, 'ClientErrors'],
    [499, 'ClientErrors'],
    [500, 'ServerErrors'],
    [503, 'ServerErrors'],
  ])('counts a %i among the %s, and nowhere else', (status, outcome) => {
    const record = requestRecord(status);

    const outcomes = Object.keys(record).filter((name) => /^(Successes|ClientErrors|ServerErrors)$/.test(name));
    expect(outcomes).toEqual([outcome]);
    expect(JSON.stringify(record['_aws'])).toContain(`"${outcome}"`);
  });
});

describe('recordMessage', () => {
  it.each([
    [false, 'Processed'],
    [true, 'Failed'],
  ])('with failed %s writes one record of what was %s, with its age', (failed, outcome) => {
    expect(
      written(() =>
        metrics.recordMessage({
          operation: 'writer.create',
          failed,
          age: 250,
          duration: 4.5,
          capacity: { read: 1, write: 0.5 },
        }),
      ),
    ).toEqual([
      {
        _aws: formatOf(
          count(outcome),
          milliseconds('Age'),
          milliseconds('Latency'),
          count('ConsumedReadCapacity'),
          count('ConsumedWriteCapacity'),
        ),
        operation: 'writer.create',
        service: 'test',
        [outcome]: 1,
        Age: 250,
        Latency: 4.5,
        ConsumedReadCapacity: 1,
        ConsumedWriteCapacity: 0.5,
      },
    ]);
  });
});
