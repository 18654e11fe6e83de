import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, FaultProxy } from '@app/test-support';
import { brokenBytes } from '@app/test-support/brokenBytes';
import type { Counts } from './findings.ts';

const host = '127.0.0.1';
const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T;

const faults: readonly Fault[] = [
  { kind: 'lose', times: 3 },
  { kind: 'reset', times: 3 },
  { kind: 'throttle', times: 5 },
  { kind: 'error', times: 3 },
  { kind: 'delay', times: 10, milliseconds: 300 },
];

/** Switches faults of DynamoDB on, a few requests at a time. */
export const makeFaults = async (proxy: FaultProxy, isOver: () => boolean) => {
  while (!isOver()) {
    const fault = proxy.add(pick(faults));
    await delay(500 + Math.random() * 2000);
    fault.remove();
  }
};

/** Sends bytes that are none of any protocol to every port, and leaves in the middle. */
export const beBroken = async (ports: readonly number[], counts: Counts, isOver: () => boolean) => {
  while (!isOver()) {
    const socket = connect(pick(ports), host);
    socket.on('error', () => {}).on('data', () => {});
    socket.write(pick(brokenBytes).bytes);
    counts.broken += 1;
    await delay(20 + Math.random() * 60);
    if (Math.random() < 0.5) socket.resetAndDestroy();
    else socket.destroy();
  }
};
