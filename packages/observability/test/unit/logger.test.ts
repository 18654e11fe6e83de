import { collectLogLines } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { logger } from '../../src/logger.ts';

/** What the line says of an error. */
const logged = (error: unknown) => {
  logger.setLogLevel('INFO');
  const log = collectLogLines();
  logger.error('request', { error });
  log.stop();
  return log.lines[0]?.['error'] as Record<string, unknown>;
};

const chainOf = (length: number): Error => new Error(`${length}`, length > 1 ? { cause: chainOf(length - 1) } : {});

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

  it('says why, of everything that went wrong at once', () => {
    const gone = Object.assign(new Error('410'), { name: 'GoneException' });
    const slow = new Error('Connection c2', { cause: new TypeError('timed out') });

    expect(logged(new AggregateError([gone, slow, 'a text'], '3 of 3'))).toMatchObject({
      name: 'AggregateError',
      message: '3 of 3',
      errors: [
        { name: 'GoneException', message: '410', stack: expect.any(String) },
        { message: 'Connection c2', cause: { name: 'TypeError', message: 'timed out' } },
        'a text',
      ],
    });
  });

  it('says why of a cause that is itself several errors', () => {
    const cause = new AggregateError([new Error('IPv6'), new Error('IPv4')]);

    expect(logged(new Error('fetch failed', { cause }))).toMatchObject({
      cause: { errors: [{ message: 'IPv6' }, { message: 'IPv4' }] },
    });
  });

  it('keeps to a line of bounded length', () => {
    const circle = new Error('round');
    circle.cause = circle;
    const many = new AggregateError(Array.from({ length: 1000 }, (_, index) => new Error(String(index))));

    expect(logged(circle)).toMatchObject({ message: 'round', cause: { cause: { message: 'round' } } });
    expect(logged(many).errors).toHaveLength(20);
    expect(JSON.stringify(logged(chainOf(100))).length).toBeLessThan(20_000);
  });
});
