import { describe, expect, it } from '@jest/globals';
import type { Serverless } from '../../src/framework/types.ts';
import { schedulesOf, secondsOf } from '../../src/schedules/schedules.ts';

describe('schedulesOf', () => {
  it('are those that are enabled', () => {
    const functions = {
      sweep: {
        name: 'items-dev-sweep',
        events: [
          { schedule: 'rate(1 minute)' },
          { httpApi: 'GET /sweep' },
          { schedule: { rate: ['rate(2 hours)', 'cron(0 9 * * ? *)'], input: { full: true } } },
          { schedule: { rate: 'rate(1 day)', enabled: false } },
        ],
      },
    };

    const schedules = schedulesOf({ service: { functions } } as unknown as Serverless);

    const functionName = 'items-dev-sweep';
    expect(schedules).toEqual([
      { functionName, expression: 'rate(1 minute)' },
      { functionName, expression: 'rate(2 hours)', input: { full: true } },
      { functionName, expression: 'cron(0 9 * * ? *)', input: { full: true } },
    ]);
  });
});

describe('secondsOf', () => {
  it.each([
    ['rate(1 minute)', 60],
    ['rate(5 minutes)', 300],
    ['rate(2 hours)', 7200],
    ['rate(1 day)', 86_400],
    ['cron(0 9 * * ? *)', undefined],
    ['rate(1 fortnight)', undefined],
  ])('%s is %s', (expression, seconds) => {
    expect(secondsOf(expression)).toBe(seconds);
  });
});
