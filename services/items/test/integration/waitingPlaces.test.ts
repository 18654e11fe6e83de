import { createDocumentClient } from '@app/dynamodb';
import { takeCapacity } from '@app/observability';
import { ownTable } from '@app/test-support';
import { letPass } from '@app/test-support/time';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createWaitingPlaceRepository, type Place } from '../../src/acceptance/waitingPlaceRepository.ts';

/** The machine may be busy, and two hundred ask at once: this is not about time-outs. */
const client = createDocumentClient({ requestHandler: { connectionTimeout: 20_000, requestTimeout: 20_000 } });
let TableName: string;

beforeEach(async () => {
  TableName = await ownTable('items-requests-dev');
});

let time = Date.now();
const placesFor = (most: number) => createWaitingPlaceRepository({ client, TableName, most, now: () => time });

const takeMany = async (places: ReturnType<typeof placesFor>, callers: number) => {
  const taken = await Promise.all(Array.from({ length: callers }, () => places.take(20)));
  return taken.filter((place): place is Place => place !== undefined);
};

const rowOf = async (row: number) => {
  const { Item } = await client.send(new GetCommand({ TableName, Key: { requestId: `waiting-${row}` } }));
  return (Item?.leases ?? new Set()) as Set<string>;
};

describe('places to wait', () => {
  it.each([1, 3, 50, 51, 120])('are had by %i of 200 callers at once, and no more', async (most) => {
    const places = placesFor(most);

    const taken = await takeMany(places, 200);

    expect(taken).toHaveLength(most);
  });

  it('are never more than they are, while callers come and go', async () => {
    const places = placesFor(50);
    let [waiting, highest, served] = [0, 0, 0];
    const caller = async () => {
      for (let turn = 0; turn < 3; turn++) {
        const place = await places.take(20);
        if (!place) continue;
        waiting += 1;
        highest = Math.max(highest, waiting);
        served += 1;
        await letPass(5, 'a caller waits');
        waiting -= 1;
        await place.leave();
      }
    };

    await Promise.all(Array.from({ length: 200 }, caller));

    expect(highest).toBeLessThanOrEqual(50);
    expect(served).toBeGreaterThan(50);
    expect((await rowOf(0)).size).toBe(0);
  });

  it('come free within 30 s when those who had them have died, and not while they may wait', async () => {
    const places = placesFor(10);
    await takeMany(places, 10);

    time += 20_000;
    expect(await places.take(20)).toBeUndefined();

    time += 10_000;
    expect(await takeMany(places, 40)).toHaveLength(10);
  });

  it('come free at once when they are left', async () => {
    const places = placesFor(1);
    const place = await places.take(20);

    expect(await places.take(20)).toBeUndefined();
    await place?.leave();

    expect(await places.take(20)).toBeDefined();
  });

  it('are none where none are wanted', async () => {
    expect(await placesFor(0).take(20)).toBeUndefined();
  });

  it('cost a write to take, and a write to leave', async () => {
    const places = placesFor(50);
    await takeMany(places, 49);
    takeCapacity();

    const place = await places.take(20);
    const toTake = takeCapacity();
    await place?.leave();

    expect([toTake, takeCapacity()]).toEqual([1, 1].map((write) => ({ read: 0, write })));
  });
});
