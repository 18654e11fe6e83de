import { eventually, letPass } from '@app/test-support/time';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Stop } from '../../src/lambda/events/source.ts';
import type { Invoke } from '../../src/lambda/invoke.ts';
import { startClock } from '../../src/schedules/clock.ts';

let stop: Stop = () => {};
const schedule = { functionName: 'sweep', expression: 'rate(1 minute)' };
const start = (invoke: Invoke, timeoutSeconds = 60) => {
  stop = startClock(schedule, { invoke, region: 'eu-west-1', seconds: 0.01, timeoutSeconds, log: () => {} });
};
const never = () => new Promise<undefined>(() => {});

afterEach(() => stop());

describe('a clock', () => {
  it.each<[string, Invoke]>([
    ['fails', async () => Promise.reject(new Error('failed'))],
    [
      'fails at once',
      () => {
        throw new Error('failed');
      },
    ],
    ['rejects with nothing', async () => Promise.reject(undefined)],
    ['rejects later', async () => letPass(5, 'the function works').then(() => Promise.reject(new Error('late')))],
    ['returns something', async () => ({ any: 'thing' })],
  ])('goes on after a run that %s', async (_, invoke) => {
    let runs = 0;

    start((name, event) => {
      runs += 1;
      return invoke(name, event);
    });

    expect(await eventually(() => runs >= 3)).toBe(true);
  });

  it('does not begin a run while another is going on', async () => {
    let [atOnce, most, runs] = [0, 0, 0];

    start(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await letPass(30, 'the function works');
      atOnce -= 1;
      runs += 1;
    });

    expect(await eventually(() => runs >= 3)).toBe(true);
    expect(most).toBe(1);
  });

  it('goes on after a run that never ends, once the function’s time-out is over', async () => {
    let runs = 0;

    start(() => {
      runs += 1;
      return never();
    }, -0.9); // with the second that it is given more: 0.1 s

    expect(await eventually(() => runs >= 3)).toBe(true);
  });

  it('that is stopped runs nothing more, and waits for what is running', async () => {
    let [begun, ended] = [0, 0];
    start(async () => {
      begun += 1;
      await letPass(100, 'the function works');
      ended += 1;
    });
    await eventually(() => begun === 1);

    await stop();
    const endedWithStop = ended;
    await letPass(50, 'no run may begin');

    expect([begun, endedWithStop]).toEqual([1, 1]);
  });
});
