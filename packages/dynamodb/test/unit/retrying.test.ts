import { ContentionError } from '@app/resource';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { untilSettled } from '../../src/retrying.ts';

beforeAll(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no waits
});

afterAll(() => {
  jest.restoreAllMocks();
});

const failing = (failures: number, error: Error) => {
  let attempts = 0;
  const attempt = () => {
    attempts += 1;
    return attempts <= failures ? Promise.reject(error) : Promise.resolve(attempts);
  };
  return { attempt, attempts: () => attempts };
};

describe('untilSettled', () => {
  it.each([
    [0, 1],
    [7, 8],
  ])('resolves after %i attempts that came too late', async (failures, attempts) => {
    const { attempt } = failing(failures, new ContentionError());

    expect(await untilSettled(attempt)).toBe(attempts);
  });

  it('gives up after eight', async () => {
    const { attempt, attempts } = failing(99, new ContentionError());

    await expect(untilSettled(attempt)).rejects.toThrow(ContentionError);
    expect(attempts()).toBe(8);
  });

  it('throws any other error at once', async () => {
    const { attempt, attempts } = failing(99, new Error('no table'));

    await expect(untilSettled(attempt)).rejects.toThrow('no table');
    expect(attempts()).toBe(1);
  });

  it('goes on for as long as it is told to', async () => {
    const patient = failing(20, new ContentionError());
    const endless = failing(Number.POSITIVE_INFINITY, new ContentionError());
    const begun = performance.now();

    expect(await untilSettled(patient.attempt, 10_000)).toBe(21);
    await expect(untilSettled(endless.attempt, 50)).rejects.toThrow(ContentionError);

    expect(performance.now() - begun).toBeGreaterThanOrEqual(45);
    expect(endless.attempts()).toBeGreaterThan(8);
  });
});
