import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually, letPass } from '@app/test-support/time';
import { afterEach, describe, expect, it } from '@jest/globals';
import { warnOfFileLimit } from '../../src/process/fileLimit.ts';

const lifecycleModule = new URL('../../src/process/lifecycle.ts', import.meta.url).href;
let children: ChildProcess[] = [];

/** A process with a lifecycle that runs these statements; says `up` when it has. */
const run = (statements: string) => {
  const script = `const { createLifecycle } = await import('${lifecycleModule}');
    const log = (word) => console.log(word); const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const lifecycle = createLifecycle({ longestDrain: 2000 }); setInterval(() => {}, 1000); ${statements}; log('up');`;
  const { NODE_OPTIONS: _ofTests, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env, stdio: 'pipe' });
  children.push(child);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const words = () => output.join('').trim().split(/\s*\n/);
  const until = (word: string) => eventually(() => words().includes(word));
  return { child, words, until, ended: once(child, 'close') as Promise<[number | null]> };
};

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
});

const phases = `lifecycle.atEnd(() => log('stop 1')); lifecycle.atEnd(async () => { await wait(20); log('stop 2'); });
  lifecycle.atRefusal(async () => { await wait(20); log('refuse'); });
  lifecycle.atDrain(async () => { await wait(100); log('drained'); });`;

describe('a process that is told to end', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'refuses, drains and stops, the last first, on %s',
    async (signal) => {
      const { child, words, until, ended } = run(phases);
      expect(await until('up')).toBe(true);

      child.kill(signal);

      expect(await ended).toEqual([0, null]);
      expect(words()).toEqual(['up', 'refuse', 'drained', 'stop 2', 'stop 1']);
    },
  );

  it('takes a Ctrl-C that comes twice at a time, and any other signal, for one', async () => {
    const { child, words, until, ended } = run(phases.replace('wait(100)', 'wait(900)'));
    expect(await until('up')).toBe(true);

    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await until('refuse')).toBe(true);
    setTimeout(() => child.kill('SIGTERM'), 600);

    expect(await ended).toEqual([0, null]);
    expect(words()).toEqual(['up', 'refuse', 'drained', 'stop 2', 'stop 1']);
  });

  it('ends at once on a second Ctrl-C, which it has told of', async () => {
    const { child, words, until, ended } = run(
      phases.replace('wait(100)', 'new Promise(() => {})').replace(/stop/g, 'never'),
    );
    expect(await until('up')).toBe(true);
    child.kill('SIGINT');
    expect(await until('Finishing what was accepted. Ctrl-C again ends at once.')).toBe(true);

    child.kill('SIGINT');

    expect(await ended).toEqual([0, null]);
    expect(words().join()).not.toContain('never');
  });

  it('goes on to stop when draining takes too long or fails', async () => {
    const { child, words, until, ended } = run(
      `lifecycle.atEnd(() => log('stop')); lifecycle.atDrain(() => new Promise(() => {}));
       lifecycle.atDrain(() => Promise.reject(new Error('drained badly'))); lifecycle.atRefusal(() => { throw new Error('refused badly'); })`,
    );
    expect(await until('up')).toBe(true);

    child.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
    expect(words()).toEqual(expect.arrayContaining(['refused badly', 'drained badly', 'stop']));
  });

  it('ends with 1 and its message on a failure, without draining', async () => {
    const { words, ended } = run(`${phases} setTimeout(() => lifecycle.end('The engine died.'), 50)`);

    expect(await ended).toEqual([1, null]);
    expect(words()).toEqual(expect.arrayContaining(['The engine died.', 'refuse', 'stop 2', 'stop 1']));
    expect(words()).not.toContain('drained');
  });

  it('goes on when nobody reads its output any more', async () => {
    const { child, until, ended } = run(`setInterval(() => log('word'), 5); lifecycle.atEnd(() => process.exit(7))`);
    expect(await until('up')).toBe(true);

    child.stdout.destroy();
    child.stderr.destroy();
    await letPass(300, 'it may not end');
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');

    expect(await ended).toEqual([7, null]);
  });
});

describe('warnOfFileLimit', () => {
  it.each<[limit: number | undefined, lines: number]>([
    [256, 1],
    [1023, 1],
    [1024, 0],
    [1_048_576, 0],
    [Number.NaN, 0], // unlimited
    [undefined, 0],
  ])('with a limit of %p says %i lines', async (limit, lines) => {
    const said: string[] = [];

    await warnOfFileLimit(
      (line) => said.push(line),
      async () => limit,
    );

    expect(said).toHaveLength(lines);
    expect(said.every((line) => line.includes('ulimit -n 4096'))).toBe(true);
  });

  it('asks the system by itself', async () => {
    await expect(warnOfFileLimit(() => {})).resolves.toBeUndefined();
  });
});
