import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { eventually, letPass } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { itemsClient } from '../../support/client.ts';
import { directAccessTo } from '../../support/directAccess.ts';
import { type KeptCloud, startKeptCloud } from '../../support/keptCloud.ts';

jest.setTimeout(180_000);

const itemCount = 8;
const longestCompletion = 100; // seconds: a try that ran out of time comes again after 60
const dlq = createRequire(import.meta.url).resolve('@app/operations/dlq');

interface Accepted {
  readonly requestId: unknown;
  readonly quantity: number;
}
interface Result {
  readonly quantity: number;
  readonly version: number;
}
/** An item, and what was accepted for it in that order; of what is not answered nobody knows. */
interface Driven {
  readonly itemId: string;
  readonly accepted: Accepted[];
  quantity: number;
  unanswered: number;
}

let cloud: KeptCloud;
let driven: Driven[];
const client = () => itemsClient(cloud.gateway());

beforeAll(async () => {
  cloud = await startKeptCloud();
  const created = await Promise.all(
    Array.from({ length: itemCount }, (_, index) =>
      client().create({ name: `Bolt ${index}`, quantity: 0 }, client().waiting),
    ),
  );
  driven = created.map(({ body }) => ({ itemId: String(body.itemId), accepted: [], quantity: 0, unanswered: 0 }));
});

afterAll(() => cloud.remove());

/** Changes one item after the other has been accepted, until the cloud does not answer any more. */
const drive = async (item: Driven, isOver: () => boolean) => {
  const { patch } = client();
  while (!isOver()) {
    item.quantity += 1;
    const { quantity } = item;
    const answer = await patch(item.itemId, { quantity }).catch(() => undefined);
    if (answer?.status === 202) item.accepted.push({ requestId: answer.body.requestId, quantity });
    else item.unanswered += 1;
  }
};

const acceptedCount = () => driven.reduce((sum, { accepted }) => sum + accepted.length, 0);

/** Under load until some commands have been accepted, and some hundred milliseconds more; then ended. */
const endUnderLoad = async (signal: NodeJS.Signals) => {
  let isOver = false;
  const before = acceptedCount();
  const driving = driven.map((item) => drive(item, () => isOver));
  await eventually(() => acceptedCount() >= before + itemCount);
  await letPass(Math.random() * 700, 'it may end at any moment');
  const ended = cloud.end(signal);
  isOver = true;
  await Promise.all([ended, ...driving]);
};

const expectAllDone = async () => {
  for (const { itemId, accepted, unanswered } of driven) {
    const outcomes = await Promise.all(
      accepted.map(({ requestId }) => client().completed(requestId, longestCompletion)),
    );
    expect(outcomes.map(({ status, result }) => [status, (result as Result | undefined)?.quantity])).toEqual(
      accepted.map(({ quantity }) => ['success', quantity]),
    );
    const versions = outcomes.map(({ result }) => (result as Result).version);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b)); // in order, each once
    const { body } = await client().get(itemId);
    expect(Number(body.version)).toBeGreaterThanOrEqual(1 + accepted.length);
    expect(Number(body.version)).toBeLessThanOrEqual(1 + accepted.length + unanswered);
  }
};

describe('commands that were answered 202', () => {
  it.each<[NodeJS.Signals]>([['SIGKILL'], ['SIGTERM'], ['SIGKILL'], ['SIGINT']])(
    'are carried out after %s, once each and in their order',
    async (signal) => {
      const before = acceptedCount();

      await endUnderLoad(signal);
      const fresh = acceptedCount() - before;
      await cloud.start();

      expect(fresh).toBeGreaterThanOrEqual(itemCount);
      await expectAllDone();
    },
  );
});

describe('a dead letter', () => {
  it('is still there after a kill, with its attributes, and is listed', async () => {
    const [item] = driven;
    const requestId = await directAccessTo(cloud.endpoints()).poison(item?.itemId ?? '');
    await client().completed(requestId, 60);
    const queued = async () => (await directAccessTo(cloud.endpoints()).depth('writesDeadLetters')) === 1;
    expect(await eventually(queued)).toBe(true);

    await cloud.end('SIGKILL');
    await cloud.start();

    const env = { ...process.env, AWS_ENDPOINT_URL_SQS: cloud.endpoints().sqs };
    const { stdout } = await promisify(execFile)(process.execPath, [dlq, 'list'], { env });
    expect(stdout).toMatch(/items-writes-dlq-dev\.fifo.*\b1\b/);
    const letter = await directAccessTo(cloud.endpoints()).deadLetter('writesDeadLetters', requestId);
    expect(letter.MessageAttributes).toMatchObject({ requestId: { StringValue: requestId } });
  });
});
