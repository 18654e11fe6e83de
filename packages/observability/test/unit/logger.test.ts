import { collectLogLines } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { logger } from '../../src/logger.ts';

describe('logger', () => {
  it('writes one line of JSON, an error with its name, message, stack and cause', () => {
    logger.setLogLevel('INFO');
    const log = collectLogLines();

    logger.error('request', { error: new TypeError('no table', { cause: new Error('the moon') }) });

    log.stop();
    expect(log.lines).toMatchObject([
      {
        level: 'ERROR',
        message: 'request',
        service: 'test',
        error: { name: 'TypeError', message: 'no table', stack: expect.any(String), cause: { message: 'the moon' } },
      },
    ]);
  });
});
