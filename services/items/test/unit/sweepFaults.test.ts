import { lambdaContext } from '@app/test-support';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { handler } from '../../src/handlers/sweep.ts';
import { shards } from '../../src/requests/requestRow.ts';
import { resetAws } from '../support/aws.ts';
import { openRequests } from '../support/openRequests.ts';

/** The id of a request, by its number and its shard. */
const idOf = (number: number, shard: string) => `00000000-0000-4000-8000-${String(number).padStart(11, '0')}${shard}`;

const requests = [idOf(1, '0'), idOf(2, '5'), idOf(3, '5'), idOf(4, 'f')];

const sweep = () => handler({}, lambdaContext());

beforeEach(resetAws);

describe('a sweep one of whose calls fails', () => {
  const everyCall = [
    ...shards.map((shard) => `list ${shard}`),
    ...requests.flatMap((id) => [`close ${id}`, `tell ${id}`, `forget ${id}`]),
  ];

  it.each(everyCall)('does all that the call does not stand for, and fails: %s', async (call) => {
    const { open, failing } = openRequests(...requests);
    failing.add(call);

    await expect(sweep()).rejects.toThrow('1 requests or shards could not be swept');

    expect([...open]).toEqual(requests.filter((id) => call.includes(id) || call === `list ${id.slice(-1)}`));
  });

  it.each(everyCall)('leaves to the next one what it could not do: %s', async (call) => {
    const { open, closed, failing } = openRequests(...requests);
    failing.add(call);
    await sweep().catch(() => {});
    failing.clear();

    await sweep();

    expect([...open]).toEqual([]);
    expect([...closed].toSorted()).toEqual(requests.toSorted());
  });

  it('makes every call of the table, and no other', async () => {
    const { calls } = openRequests(...requests);

    await sweep();

    expect(calls.toSorted()).toEqual(everyCall.toSorted());
  });
});

describe('a sweep before which requests lie that nobody can close', () => {
  it('closes those behind them, even behind a page of them', async () => {
    const stuck = Array.from({ length: 30 }, (_, number) => idOf(number, 'a'));
    const behind = idOf(99, 'a');
    const { open, failing } = openRequests(...stuck, behind);
    for (const id of stuck) failing.add(`close ${id}`);

    await expect(sweep()).rejects.toThrow('30 requests or shards could not be swept, 1 were closed');

    expect([...open]).toEqual(stuck);
  });

  it('goes through no more than four pages of a shard', async () => {
    const stuck = Array.from({ length: 200 }, (_, number) => idOf(number, 'a'));
    const { calls, failing } = openRequests(...stuck);
    for (const id of stuck) failing.add(`close ${id}`);

    await expect(sweep()).rejects.toThrow('100 requests or shards could not be swept, 0 were closed');

    expect(calls.filter((call) => call === 'list a')).toHaveLength(4);
  });
});
