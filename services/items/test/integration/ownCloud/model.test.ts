import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assert, asyncModelRun, asyncProperty } from 'fast-check';
import { itemsClient } from '../../support/client.ts';
import { commands, type Model, type Real } from '../../support/model.ts';
import { type ItemsCloud, startItemsCloud } from '../../support/ownCloud.ts';

let cloud: ItemsCloud;

beforeAll(async () => {
  cloud = await startItemsCloud();
});

afterAll(() => cloud.stop(), 20_000);

describe('whatever is asked of a few items, and whatever fails for a while', () => {
  it('ends as the commands in their order have it', async () => {
    const client = itemsClient(cloud.gateway);

    await assert(
      asyncProperty(commands, async (sequence) => {
        const model: Model = { items: [] };
        const real: Real = { client, faults: cloud.faults, ids: [], expected: [] };
        try {
          await asyncModelRun(() => ({ model, real }), sequence);
        } finally {
          await cloud.faults.clear();
        }
        const outcomes = await Promise.all(real.expected.map(({ requestId }) => client.completed(requestId, 30)));
        expect(outcomes).toMatchObject(real.expected.map(({ outcome }) => outcome));
        const states = await Promise.all(real.ids.map((itemId) => client.get(itemId)));
        expect(states.map(({ status, body }) => (status === 200 ? body : undefined))).toMatchObject(model.items);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
