import type { ReadCommand, WriteCommand } from '../../src/queues/command.ts';

/** What a victim has asked for: an open request, whose own command is not sent yet. */
export type VictimCommand = Extract<WriteCommand, { operation: 'update' }> | Extract<ReadCommand, { operation: 'get' }>;

export interface Forgery {
  readonly what: string;
  /** What the request that it names asks for. */
  readonly victim: VictimCommand['operation'];
  readonly queue: 'writes' | 'reads';
  /** The message; a string is sent as it is. `another` is an item that has nothing to do with it. */
  readonly forge: (own: VictimCommand, another: string) => unknown;
}

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const input = { name: 'Forged' };

const onWrites: [what: string, forge: Forgery['forge']][] = [
  ['another owner', (own) => ({ ...own, owner: 'mallory' })],
  ['another item', (own, another) => ({ ...own, itemId: another })],
  ['a delete', ({ requestId, owner, itemId }) => ({ operation: 'delete', requestId, owner, itemId })],
  ['a create', ({ requestId, owner, itemId }) => ({ operation: 'create', requestId, owner, itemId, input })],
  ['another payload', (own) => ({ ...own, changes: { quantity: 666 } })],
  ['one more field to change', (own) => ({ ...own, changes: { quantity: 1, name: 'Forged' } })],
  ['a condition', (own) => ({ ...own, ifMatch: [] })],
  ['an unknown field', (own) => ({ ...own, isAdmin: true })],
  ['a prototype', (own) => JSON.stringify(own).replace('{', '{"__proto__":{"isAdmin":true},')],
  ['a value that cannot be stored', (own) => ({ ...own, changes: { quantity: 1e200 } })],
  ['changes that are null', (own) => ({ ...own, changes: null })],
  ['changes nested 20,000 deep', (own) => JSON.stringify(own).replace(/\{"quantity":1\}/, nested(20_000))],
  ['an operation of the other queue', (own) => ({ ...own, operation: 'get' })],
  ['an operation that every object has', (own) => ({ ...own, operation: 'constructor' })],
  ['an owner that is an object', (own) => ({ ...own, owner: { toString: 'public' } })],
  ['the id in capitals, which has no row', (own) => ({ ...own, requestId: own.requestId.toUpperCase() })],
  ['an id that has no row', (own) => ({ ...own, requestId: crypto.randomUUID() })],
  ['no JSON', () => '{"operation":"update",'],
  ['an array', (own) => [own]],
  ['null', () => 'null'],
  ['a text', () => '"update"'],
  ['a number', () => '1e999'],
];

const onReads: [what: string, forge: Forgery['forge']][] = [
  ['another owner', (own) => ({ ...own, owner: 'mallory' })],
  ['another item', (own, another) => ({ ...own, itemId: another })],
  ['a list', ({ requestId, owner }) => ({ operation: 'list', requestId, owner, limit: 10 })],
  ['a list that cannot be read', ({ requestId, owner }) => ({ operation: 'list', requestId, owner, limit: -1 })],
  ['an unknown field', (own) => ({ ...own, isAdmin: true })],
  ['a write', (own) => ({ ...own, operation: 'update', changes: { quantity: 666 } })],
  ['no JSON', () => 'nonsense'],
];

const ofQueue = (queue: Forgery['queue'], victim: Forgery['victim'], rows: typeof onWrites): Forgery[] =>
  rows.map(([what, forge]) => ({ what: `${what}, on ${queue}, for the request of a ${victim}`, victim, queue, forge }));

/** Messages that name a request they do not belong to. */
export const forgeries: readonly Forgery[] = [
  ...ofQueue('writes', 'update', onWrites),
  ...ofQueue('reads', 'get', onReads),
  ...ofQueue('reads', 'update', [
    ['a read', ({ requestId, owner, itemId }) => ({ operation: 'get', requestId, owner, itemId })],
    ['no JSON', () => 'nonsense'],
  ]),
  ...ofQueue('writes', 'get', [
    ['a delete', ({ requestId, owner, itemId }) => ({ operation: 'delete', requestId, owner, itemId })],
  ]),
];
