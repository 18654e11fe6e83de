import { collectLogLines } from '@app/test-support';
import { expect, it } from '@jest/globals';

process.env.POWERTOOLS_METRICS_DISABLED = 'true';
const { recordRequest } = await import('../../src/metrics.ts');

it('writes no record where metrics are turned off', () => {
  const log = collectLogLines();
  recordRequest({ operation: 'getNote', status: 200, duration: 12.5, capacity: { read: 0.5, write: 0 } });
  log.stop();

  expect(log.lines).toEqual([]);
});
