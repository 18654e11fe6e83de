import { logger } from '@app/observability';
import { UnavailableError } from '@app/resource';
import { collectLogLines } from '@app/test-support';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createSecret } from '../../src/index.ts';
import { down, stubParameterStore, throttled } from '../support/parameterStore.ts';

const name = '/groundwork/dev/notes/webhookKey';
const first = { value: 'the first value' };
const second = { value: 'the second value' };

const seconds = (count: number) => jest.setSystemTime(Date.now() + count * 1000);

/** Only the clock is the test's: clients have timers of their own. */
const onlyDate = [
  'nextTick',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
  'queueMicrotask',
  'performance',
  'hrtime',
] as const;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: [...onlyDate] });
  logger.setLogLevel('INFO');
});

afterEach(() => {
  jest.useRealTimers();
});

describe('a secret', () => {
  it('is read decrypted, by its name, and once for many uses', async () => {
    const { parameters, asked } = stubParameterStore(first);
    const secret = createSecret(parameters, name);

    const values = [...(await Promise.all([secret(), secret()])), await secret()];

    expect(values).toEqual([first.value, first.value, first.value]);
    expect(asked).toEqual([{ Name: name, WithDecryption: true }]);
  });

  it('is read again when it is older than maxAge, so that a new value arrives', async () => {
    const secret = createSecret(stubParameterStore(first, second).parameters, name, { maxAge: 60 });
    await secret();

    seconds(59);
    const before = await secret();
    seconds(2);
    const after = await secret();

    expect([before, after]).toEqual([first.value, second.value]);
  });

  it.each([
    ['is down', down],
    ['refuses one call too many', throttled],
  ])('keeps its last value while Parameter Store %s, and says so', async (_what, failure) => {
    const { parameters, asked } = stubParameterStore(first, failure, second);
    const secret = createSecret(parameters, name, { maxAge: 60, pause: 30 });
    await secret();
    const log = collectLogLines();

    seconds(61);
    const values = [await secret(), await secret()];
    seconds(31);
    values.push(await secret());

    log.stop();
    expect(values).toEqual([first.value, first.value, second.value]);
    expect(asked).toHaveLength(3); // none in the pause
    expect(log.lines).toMatchObject([
      { level: 'WARN', parameter: name, error: { name: 'UnavailableError', cause: { name: failure.code } } },
    ]);
  });

  it('is unavailable when its last value is too old to be used', async () => {
    const secret = createSecret(stubParameterStore(first, down).parameters, name, { maxAge: 60, keepFor: 600 });
    await secret();

    seconds(661);

    await expect(secret()).rejects.toThrow(UnavailableError);
  });

  it('is unavailable when it has never been read', async () => {
    const { parameters } = stubParameterStore(down, first);
    const secret = createSecret(parameters, name);

    await expect(secret()).rejects.toThrow(UnavailableError);
    await expect(secret()).resolves.toBe(first.value);
  });

  it.each(['ParameterNotFound', 'AccessDeniedException'])('is not used further after %s', async (code) => {
    const secret = createSecret(stubParameterStore(first, { status: 400, code }).parameters, name, { maxAge: 60 });
    await secret();

    seconds(61);

    await expect(secret()).rejects.toMatchObject({ name: code });
  });

  it('is in no log line, neither a message nor an error nor what it replaced', async () => {
    const secret = createSecret(stubParameterStore(first, second).parameters, name, { maxAge: 60 });
    await secret();
    seconds(61);
    await secret();
    const log = collectLogLines();

    logger.info(`calls with ${first.value}`, { header: { key: `Bearer ${second.value}` } });
    logger.error('fails', { error: new Error(`401 for ${second.value}`) });

    log.stop();
    const text = JSON.stringify(log.lines);
    expect(text).toContain('Bearer ***');
    expect(text).toContain('401 for ***');
    expect(text).not.toMatch(/the (?:first|second) value/);
  });
});
