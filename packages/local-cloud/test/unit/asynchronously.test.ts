import { describe, expect, it } from '@jest/globals';
import { createAsynchronous } from '../../src/events/asynchronously.ts';

const untilIdle = async (isIdle: () => boolean) => {
  while (!isIdle())
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
};

describe('an event that nobody waits for', () => {
  it('is tried as often as the function allows, then handed over with what it was', async () => {
    const records: object[] = [];
    let attempts = 0;
    const { send } = createAsynchronous({
      invoke: async () => {
        attempts += 1;
        throw new Error('no');
      },
      functionName: 'f',
      retries: 1,
      onFailure: async (record) => void records.push(record),
    });

    send({ name: 'an event' });
    await untilIdle(() => records.length > 0);

    expect(attempts).toBe(2);
    expect(records).toMatchObject([
      {
        requestContext: { functionArn: 'f', condition: 'RetriesExhausted', approximateInvokeCount: 2 },
        requestPayload: { name: 'an event' },
        responsePayload: { errorMessage: 'no' },
      },
    ]);
  });

  it('waits for its turn: four are under way at the most, and all get it', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const { send } = createAsynchronous({
      invoke: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
        running -= 1;
        done += 1;
      },
      functionName: 'f',
      retries: 0,
      onFailure: async () => {},
    });

    for (let number = 0; number < 50; number++) send({ number });
    await untilIdle(() => done === 50);

    expect(most).toBe(4);
  });

  it('is not begun any more once stopped', async () => {
    let calls = 0;
    const { send, stop } = createAsynchronous({
      invoke: async () => void (calls += 1),
      functionName: 'f',
      retries: 0,
      onFailure: async () => {},
    });

    stop();
    send({});
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });

    expect(calls).toBe(0);
  });
});
