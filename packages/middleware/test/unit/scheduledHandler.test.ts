import { lambdaContext } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { createScheduledHandler } from '../../src/index.ts';
import { collectLog } from '../support/log.ts';

const log = collectLog();

const handlerOf = (handle: () => Promise<string>) => createScheduledHandler({ worker: 'sweep', handle });

describe('a schedule’s handler', () => {
  it('does its work, and writes one line with what came of it and how late it was', async () => {
    await handlerOf(() => Promise.resolve('3 closed'))({ time: new Date().toISOString() }, lambdaContext());

    expect(log.lines).toMatchObject([
      { level: 'INFO', message: 'schedule', worker: 'sweep', outcome: '3 closed', lambdaRequestId: 'test-invocation' },
    ]);
    expect(log.lines[0]?.['ageMs']).toBeLessThan(1000);
  });

  it('fails the invocation when its work fails, and logs why', async () => {
    const handler = handlerOf(() => Promise.reject(new Error('throttled')));

    await expect(handler({}, lambdaContext())).rejects.toThrow('throttled');
    expect(log.lines).toMatchObject([{ level: 'ERROR', outcome: 'failed', error: { message: 'throttled' } }]);
  });
});
