import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, letPass } from '@app/test-support/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AsynchronousOptions, createAsynchronous } from '../../src/lambda/events/asynchronously.ts';
import { type Journal, openJournal } from '../../src/lambda/events/journal.ts';

let folder: string;
let journal: Journal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  journal = openJournal(join(folder, 'journal.sqlite'));
});
afterEach(async () => {
  journal.close();
  await rm(folder, { recursive: true });
});

const queue = (over: Partial<AsynchronousOptions>) =>
  createAsynchronous({
    invoke: async () => {},
    functionName: 'f',
    retries: 0,
    onFailure: async () => true,
    journal,
    ...over,
  });
const isForgotten = () => journal.pending('f').length === 0;

describe('an event that nobody waits for', () => {
  it('is tried as often as the function allows, then handed over with what it was', async () => {
    const records: object[] = [];
    let attempts = 0;
    const { send, start } = queue({
      invoke: async () => {
        attempts += 1;
        throw new Error('no');
      },
      retries: 1,
      onFailure: async (record) => records.push(record) > 0,
    });

    start();
    send({ name: 'an event' });
    await eventually(isForgotten);

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
    const { send, start } = queue({
      invoke: async () => {
        most = Math.max(most, ++running);
        await letPass(2, 'the function works');
        running -= 1;
        done += 1;
      },
    });

    start();
    for (let number = 0; number < 50; number++) send({ number });
    await eventually(isForgotten);

    expect([most, done]).toEqual([4, 50]);
  });

  it('is kept until the function can be called', async () => {
    const events: unknown[] = [];
    const { send, start } = queue({ invoke: async (_name, event) => events.push(event) });

    send('early');
    const before = events.length;
    start();
    send('late');
    await eventually(isForgotten);

    expect([before, events]).toEqual([0, ['early', 'late']]);
  });

  it('is begun no more once stopped, and delivered by the next process', async () => {
    const first: unknown[] = [];
    const second: unknown[] = [];
    const stopped = queue({ invoke: async (_name, event) => first.push(event) });
    stopped.start();
    await stopped.stop();
    stopped.send('kept');

    queue({ invoke: async (_name, event) => second.push(event) }).start();
    await eventually(isForgotten);

    expect([first, second]).toEqual([[], ['kept']]);
  });

  it('that is running when all stops is waited for', async () => {
    let isDone = false;
    const { send, start, stop } = queue({
      invoke: async () => {
        await letPass(50, 'the function works');
        isDone = true;
      },
    });
    start();
    send({});

    await stop();

    expect([isDone, isForgotten()]).toEqual([true, true]);
  });

  it('that fails because all stops has not failed', async () => {
    const { send, start, stop } = queue({
      invoke: () =>
        new Promise((_resolve, reject) => {
          setTimeout(() => reject(new Error('the function was ended')), 50);
        }),
    });
    start();
    send({});

    await stop();

    expect(journal.pending('f')).toMatchObject([{ failures: 0, starts: 1 }]);
  });

  it('counts its failures on over the end of a process', async () => {
    const { id } = journal.add('f', 'poison');
    journal.update({ id, failures: 2, starts: 2 });
    const records: object[] = [];
    const { start } = queue({
      invoke: async () => Promise.reject(new Error('no')),
      retries: 2,
      onFailure: async (record) => records.push(record) > 0,
    });

    start();
    await eventually(isForgotten);

    expect(records).toMatchObject([{ requestContext: { approximateInvokeCount: 3 } }]);
  });

  it('that ends the process again and again is given up unattempted', async () => {
    const { id } = journal.add('f', 'deadly');
    journal.update({ id, failures: 0, starts: 11 });
    let attempts = 0;
    const records: object[] = [];
    const { start } = queue({
      invoke: async () => void (attempts += 1),
      onFailure: async (record) => records.push(record) > 0,
    });

    start();
    await eventually(isForgotten);

    expect([attempts, records.length]).toEqual([0, 1]);
  });

  it('stays in the journal while its failure destination does not take it', async () => {
    let asked = 0;
    const { send, start, stop } = queue({
      invoke: async () => Promise.reject(new Error('no')),
      onFailure: async () => {
        asked += 1;
        return false;
      },
    });

    start();
    send('kept');
    await eventually(() => asked > 0);
    await stop();

    expect(journal.pending('f')).toMatchObject([{ event: 'kept', failures: 1 }]);
  });
});
