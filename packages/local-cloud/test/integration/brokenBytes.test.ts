import { connect } from 'node:net';
import { type Broken, brokenBytes } from '@app/test-support/brokenBytes';
import { callsWithoutId } from '@app/test-support/everyOperation';
import { letPass } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, portOffsets, startLocalCloud } from '../../src/index.ts';
import { host } from '../../src/process/portCheck.ts';
import { rawText } from './support/raw.ts';

let cloud: LocalCloud;
let base: number;

beforeAll(async () => {
  cloud = await startLocalCloud({
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
  });
  base = Number(new URL(cloud.urls['gateway'] ?? '').port);
});
afterAll(() => cloud?.stop());

const answerWithinMs = 150; // milliseconds for an answer; what comes is not judged here

/** Sends the bytes and leaves: properly or not, after an answer or without one. */
const send = async (port: number, { bytes }: Broken, index: number) => {
  const socket = connect(port, host);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  socket
    .on('error', () => {})
    .on('close', () => resolve())
    .on('data', () => {});
  socket.write(bytes);
  if (index % 3 === 0) socket.end();
  await Promise.race([closed, letPass(answerWithinMs, 'an answer may come')]);
  if (index % 3 === 1) socket.resetAndDestroy();
  else socket.destroy();
};

const eachInTurns = async <T>(items: readonly T[], work: (item: T, index: number) => Promise<void>) => {
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: 25 }, worker));
};

describe('after two hundred kinds of broken bytes', () => {
  it('are of two hundred kinds', () => {
    expect(new Set(brokenBytes.map(({ bytes }) => bytes.toString('latin1'))).size).toBeGreaterThanOrEqual(200);
  });

  it.each(portOffsets())(
    '$purpose answers',
    async ({ offset }) => {
      await eachInTurns(brokenBytes, (broken, index) => send(base + offset, broken, index));

      const answer = await rawText(base + offset, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');

      expect(answer).toMatch(/^HTTP\/1.1 [2-4]\d\d /);
    },
    60_000,
  );

  it.each(callsWithoutId)('$name succeeds', async ({ path, init, expected }) => {
    expect((await fetch(`${cloud.urls['gateway']}${path}`, init)).status).toBe(expected);
  });

  it('no defect of ours has come to light', () => {
    expect(cloud.output()).not.toMatch(/could not be answered|could not be opened|crashed|failed\.\n|died/);
  });
});
