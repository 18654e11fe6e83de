import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Broken, brokenBytes } from '../../../test-support/src/brokenBytes.ts';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { host } from '../../src/portCheck.ts';
import { rawText } from './support/raw.ts';

let cloud: LocalCloud;
let base: number;

/** What each port is, by its distance from the gateway's. */
const ports = {
  gateway: 0,
  notes: 1,
  users: 2,
  tasks: 3,
  assets: 4,
  items: 5,
  'the WebSocket of items': 15,
  'the invoke endpoint of notes': 101,
  'the invoke endpoint of items': 105,
  DynamoDB: 5000,
  S3: 6000,
  'SQS and SNS': 6324,
};

beforeAll(async () => {
  cloud = await startLocalCloud({
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
  });
  base = Number(new URL(cloud.urls['gateway'] ?? '').port);
}, 60_000);
afterAll(() => cloud?.stop());

const patience = 150; // milliseconds for an answer; what comes is not judged here

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
  await Promise.race([closed, delay(patience)]);
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

  it.each(Object.entries(ports))(
    '%s answers',
    async (_name, offset) => {
      await eachInTurns(brokenBytes, (broken, index) => send(base + offset, broken, index));

      const answer = await rawText(base + offset, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');

      expect(answer).toMatch(/^HTTP\/1.1 [2-4]\d\d /);
    },
    60_000,
  );

  it('no defect of ours has come to light, and every service and worker goes on', async () => {
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=20' },
      body: '{"name":"One"}',
    };

    const items = await fetch(`${cloud.urls['gateway']}/items`, post);
    const lists = await Promise.all(
      ['notes', 'users', 'tasks', 'assets'].map(
        async (name) => (await fetch(`${cloud.urls['gateway']}/${name}`)).status,
      ),
    );

    expect([items.status, ...lists]).toEqual([201, 200, 200, 200, 200]);
    expect(cloud.output()).not.toMatch(/could not be answered|could not be opened|crashed|failed\.\n|died/);
  }, 60_000);
});
