import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { AwsCall } from '../../../src/calls/call.ts';
import type { FaultRequest } from '../../../src/faults/fault.ts';
import { createFaults } from '../../../src/faults/faults.ts';

afterEach(() => void jest.restoreAllMocks());

const call: AwsCall = { service: 'DynamoDB', operation: 'PutItem', needs: [], headers: {}, resources: ['items'] };
const createItem = 'items:createItem';
const switchedOn = (...requests: FaultRequest[]) => {
  const faults = createFaults();
  for (const request of requests) faults.add(request);
  return faults;
};
/** Which of so many calls are hit. */
const hitsOf = (request: FaultRequest, calls = 10) => {
  const faults = switchedOn(request);
  return Array.from({ length: calls }, (_, index) => index).filter(() => faults.forCall(call, createItem));
};

describe('the faults that are on', () => {
  it('are listed with an id of their own and how often they have hit', () => {
    const faults = switchedOn({ effect: 'throttle', service: 's3' }, { effect: 'cut' });
    faults.forCall(call, createItem);

    expect(faults.list()).toEqual([
      { id: 'fault-1', effect: 'throttle', service: 's3', hits: 0 },
      { id: 'fault-2', effect: 'cut', hits: 1 },
    ]);
  });

  it('are removed one by one or all at once, and no id is given again', () => {
    const faults = switchedOn({ effect: 'cut' }, { effect: 'lose' });

    expect(faults.remove('fault-1')).toBe(true);
    expect(faults.remove('fault-1')).toBe(false);
    expect(faults.list().map(({ id }) => id)).toEqual(['fault-2']);
    faults.clear();
    expect(faults.list()).toEqual([]);
    expect(faults.forCall(call, createItem)).toBeUndefined();
    expect(faults.add({ effect: 'cut' }).id).toBe('fault-3');
  });

  it.each<[FaultRequest, boolean]>([
    [{ effect: 'cut' }, true],
    [{ effect: 'cut', service: 'dynamodb' }, true],
    [{ effect: 'cut', service: 'sqs' }, false],
    [{ effect: 'cut', operation: 'PutItem' }, true],
    [{ effect: 'cut', operation: 'GetItem' }, false],
    [{ effect: 'cut', resource: 'items' }, true],
    [{ effect: 'cut', resource: 'item' }, false],
    [{ effect: 'cut', function: createItem }, true],
    [{ effect: 'cut', function: 'items:getItem' }, false],
    [{ effect: 'cut', service: 'dynamodb', operation: 'PutItem', resource: 'items', function: createItem }, true],
    [{ effect: 'cut', service: 'dynamodb', operation: 'PutItem', resource: 'users', function: createItem }, false],
    [{ effect: 'end', moment: 'between' }, false],
    [{ effect: 'duplicate' }, false],
    [{ effect: 'hold', resource: 'items' }, false],
  ])('%j hits a PutItem on items: %s', (request, isHit) => {
    expect(switchedOn(request).forCall(call, createItem) !== undefined).toBe(isHit);
  });

  it.each<[AwsCall['service'], FaultRequest['service']]>([
    ['DynamoDB', 'dynamodb'],
    ['SQS', 'sqs'],
    ['S3', 's3'],
    ['ApiGatewayManagementApi', 'execute-api'],
  ])('of the service %s are named %s', (service, name) => {
    expect(
      switchedOn({ effect: 'cut', ...(name && { service: name }) }).forCall({ ...call, service }, createItem),
    ).toBeDefined();
  });

  it('hit any of the tables of a transaction', () => {
    const transaction = { ...call, operation: 'TransactWriteItems', resources: ['users', 'items'] };

    expect(switchedOn({ effect: 'cut', resource: 'items' }).forCall(transaction, createItem)).toBeDefined();
  });

  it.each<[string, Partial<FaultRequest>, number[]]>([
    ['all, without more', {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['as many as `count` says', { count: 3 }, [0, 1, 2]],
    ['what comes after those that `after` lets through', { after: 8 }, [8, 9]],
    ['both', { after: 2, count: 3 }, [2, 3, 4]],
    ['nothing, with a share of 0', { share: 0 }, []],
    ['all, with a share of 1', { share: 1 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['a count, with a share of 1', { share: 1, count: 2 }, [0, 1]],
  ])('hit %s', (_what, changes, hits) => {
    expect(hitsOf({ effect: 'cut', ...changes })).toEqual(hits);
  });

  it('hit the share that they are to hit', () => {
    const draws = [0.1, 0.2, 0.19, 0.9, 0, 0.999];
    jest.spyOn(Math, 'random').mockImplementation(() => draws.shift() ?? 1);

    expect(hitsOf({ effect: 'cut', share: 0.2 }, 6)).toEqual([0, 2, 4]);
  });

  it('hit about the share that they are to hit, by chance', () => {
    const hits = hitsOf({ effect: 'cut', share: 0.3 }, 10_000).length;

    expect(hits).toBeGreaterThan(2500);
    expect(hits).toBeLessThan(3500);
  });

  it('let the next one have the call when they are spent', () => {
    const faults = switchedOn({ effect: 'cut', count: 1 }, { effect: 'lose' });

    expect([1, 2].map(() => faults.forCall(call, createItem)?.effect)).toEqual(['cut', 'lose']);
  });
});

describe('a fault that ends invocations', () => {
  it.each([
    ['before', 0, true],
    ['after', 0, false],
    ['between', 0, false],
  ] as const)('of the moment before, at %s: %i calls, %s', (moment, calls, isEnd) => {
    expect(switchedOn({ effect: 'end', moment: 'before' }).endsAt(moment, createItem, calls)).toBe(isEnd);
  });

  it('comes between calls behind the first, without a number', () => {
    const faults = switchedOn({ effect: 'end', moment: 'between' });

    expect([0, 1, 2].map((calls) => faults.endsAt('between', createItem, calls))).toEqual([false, true, false]);
  });

  it('comes between calls where it is to', () => {
    const faults = switchedOn({ effect: 'end', moment: 'between', calls: 0 });

    expect([0, 1].map((calls) => faults.endsAt('between', createItem, calls))).toEqual([true, false]);
  });

  it('is of the function that it names, and spent after its count', () => {
    const faults = switchedOn({ effect: 'end', moment: 'after', function: createItem, count: 1 });

    expect(faults.endsAt('after', 'items:getItem')).toBe(false);
    expect(faults.endsAt('after', createItem)).toBe(true);
    expect(faults.endsAt('after', createItem)).toBe(false);
  });
});

describe('a fault that delivers twice', () => {
  it('is of the function that it names, and spent after its count', () => {
    const faults = switchedOn({ effect: 'duplicate', function: createItem, count: 1 });

    expect(faults.repeats('items:getItem')).toBe(false);
    expect(faults.repeats(createItem)).toBe(true);
    expect(faults.repeats(createItem)).toBe(false);
  });

  it('is no other', () => {
    expect(switchedOn({ effect: 'cut' }).repeats(createItem)).toBe(false);
  });
});

describe('a queue that is held', () => {
  it('is told of at each change, until the last fault that holds it is gone', () => {
    const faults = createFaults();
    const heard: boolean[] = [];
    faults.onHold('writes', (isHeld) => void heard.push(isHeld));

    faults.add({ effect: 'hold', resource: 'others' });
    const first = faults.add({ effect: 'hold', resource: 'writes' });
    faults.add({ effect: 'hold', resource: 'writes' });
    faults.remove(first.id);
    faults.clear();

    expect(heard).toEqual([false, true, true, true, false]);
  });
});
