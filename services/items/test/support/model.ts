import type { Effect } from '@app/local-cloud/src/faults/fault.ts';
import type { HttpAnswer } from '@app/test-support';
import type { CloudFaults } from '@app/test-support/cloudFaults';
import { type AsyncCommand, commands as commandsOf, constantFrom, nat, tuple } from 'fast-check';
import type { itemsClient } from './client.ts';

/** What is expected of one request. */
interface Expected {
  readonly requestId: unknown;
  readonly outcome: object;
}

/** The service as it should be: items by their place in the order of their creation, undefined once deleted. */
export interface Model {
  readonly items: ({ quantity: number; version: number } | undefined)[];
}

/** The service as it is, and what it owes. */
export interface Real {
  readonly client: ReturnType<typeof itemsClient>;
  readonly faults: CloudFaults;
  readonly ids: unknown[];
  readonly expected: Expected[];
}

type Command = AsyncCommand<Model, Real>;

/** Sends the same command under its key until it is accepted, as a careful client does. */
const untilAccepted = async (send: (headers: Record<string, string>) => Promise<HttpAnswer>) => {
  const key = { 'idempotency-key': crypto.randomUUID() };
  for (;;) {
    const answer = await send(key);
    if (answer.status === 202) return answer.body;
    if (answer.status !== 503) throw new Error(`Neither accepted nor unavailable: ${answer.status}`);
  }
};

const notFound = { status: 'error', error: { status: 404 } };

const create = (quantity: number): Command => ({
  check: () => true,
  async run(model, { client, ids, expected }) {
    const { requestId, itemId } = await untilAccepted((key) => client.create({ name: 'Bolt', quantity }, key));
    ids.push(itemId);
    model.items.push({ quantity, version: 1 });
    expected.push({ requestId, outcome: { status: 'success', result: { itemId, quantity, version: 1 } } });
  },
  toString: () => `create(${quantity})`,
});

const update = (place: number, quantity: number): Command => ({
  check: ({ items }) => items.length > 0,
  async run({ items }, { client, ids, expected }) {
    const index = place % items.length;
    const { requestId } = await untilAccepted((key) => client.update(ids[index], { quantity }, key));
    const item = items[index];
    if (item) items[index] = { quantity, version: item.version + 1 };
    expected.push({ requestId, outcome: item ? { status: 'success', result: { ...items[index] } } : notFound });
  },
  toString: () => `update(${place}, ${quantity})`,
});

const remove = (place: number): Command => ({
  check: ({ items }) => items.length > 0,
  async run({ items }, { client, ids, expected }) {
    const index = place % items.length;
    const { requestId } = await untilAccepted((key) => client.remove(ids[index], key));
    const itemId = ids[index];
    expected.push({ requestId, outcome: items[index] ? { status: 'success', result: { itemId } } : notFound });
    items[index] = undefined;
  },
  toString: () => `remove(${place})`,
});

/** A fault that passes: fewer hits than a message has attempts, of all faults together. */
const disturb = (service: 'dynamodb' | 'sqs', effect: Effect, after: number): Command => ({
  check: () => true,
  run: async (_model, { faults }) => {
    await faults.add({ effect, service, after, count: 2, milliseconds: 50 });
  },
  toString: () => `disturb(${service}, ${effect}, ${after})`,
});

const place = nat({ max: 3 });
const quantity = nat({ max: 1_000_000 });
const service = constantFrom('dynamodb' as const, 'sqs' as const);
const effect = constantFrom<Effect>('throttle', 'fail', 'cut', 'lose', 'delay');

export const commands = commandsOf<Model, Real, false>(
  [
    quantity.map(create),
    tuple(place, quantity).map((args) => update(...args)),
    tuple(place, quantity).map((args) => update(...args)),
    place.map(remove),
    tuple(service, effect, nat({ max: 4 })).map((args) => disturb(...args)),
  ],
  { maxCommands: 14, size: '+1' },
);
