import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { letPass } from '@app/test-support/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endAfterError } from '../../src/framework/endAfterError.ts';
import { errorIn } from '../../src/framework/errorIn.ts';
import { inParallel } from '../../src/framework/inParallel.ts';
import { overServices } from '../../src/framework/overServices.ts';
import { readParallel } from '../../src/framework/parallel.ts';
import { stopChild } from '../../src/framework/stopChild.ts';
import { claimWorkingCopy } from '../../src/framework/workingCopy.ts';

describe('the framework’s error', () => {
  it('is what follows “Error:”', () => {
    const output = [
      'Deploying notes to stage dev (eu-west-1)',
      'Environment: linux, node 24.21.0, osls 4.3.1 (local)',
      'Docs:        github.com/oss-serverless/osls',
      '',
      'Error:',
      'CREATE_FAILED: NotesTable (AWS::DynamoDB::Table)',
      'notes-dev already exists',
      '',
      'View the full error: https://eu-west-1.console.aws.amazon.com/cloudformation/home',
    ].join('\n');

    expect(errorIn(output)).toBe('CREATE_FAILED: NotesTable (AWS::DynamoDB::Table)\nnotes-dev already exists');
  });

  it('is the end of the output where it says no such thing', () => {
    expect(errorIn('one\ntwo\n')).toBe('one\ntwo');
  });
});

describe('several services', () => {
  it('run within the bound, and are reported in their order', async () => {
    let running = 0;
    let most = 0;

    const results = await inParallel([30, 5, 20, 1], 2, async (pause) => {
      running += 1;
      most = Math.max(most, running);
      await letPass(pause, 'the services take different times');
      running -= 1;
      return pause;
    });

    expect(results).toEqual([30, 5, 20, 1]);
    expect(most).toBe(2);
  });

  it.each([
    [1, 2],
    [4, 2],
    [6, 3],
    [64, 3],
  ])('are, on %i cores, %i at once', (cores, limit) => {
    expect(readParallel(undefined, cores)).toBe(limit);
  });

  const services = ['notes', 'users', 'tasks'].map((name) => ({ name, folder: `/${name}` }));
  const target = { stage: 'dev', region: 'eu-west-1', services };
  const nothing = { urls: [], changed: [] };
  const failed = ({ name }: { name: string }, error: unknown) => ({
    ...nothing,
    service: name,
    outcome: 'failed' as const,
    problem: { reason: (error as Error).message, next: '' },
  });
  const deployed = (service: string) => ({ ...nothing, service, outcome: 'deployed' as const });
  const outcomes = (reports: readonly { outcome: string }[]) => reports.map(({ outcome }) => outcome);

  it('go on when one of them throws', async () => {
    const { signal } = new AbortController();

    const reports = await overServices({ target, parallel: 1, signal, failed }, async ({ name }) => {
      await letPass(0, 'a service takes its time');
      if (name === 'notes') throw new Error('AWS did not answer');
      return deployed(name);
    });

    expect(outcomes(reports)).toEqual(['failed', 'deployed', 'deployed']);
    expect(reports[0]?.problem?.reason).toBe('AWS did not answer');
  });

  it('are not begun after an interruption, and what it broke is no failure of the service', async () => {
    const stop = new AbortController();

    const reports = await overServices({ target, parallel: 1, signal: stop.signal, failed }, async ({ name }) => {
      await letPass(0, 'a service takes its time');
      if (name === 'users') {
        stop.abort();
        throw new Error('killed');
      }
      return deployed(name);
    });

    expect(outcomes(reports)).toEqual(['deployed', 'interrupted', 'not started']);
    expect(reports[1]?.problem?.next).toContain('pnpm run info --stage dev --service users');
  });
});

const started = new Set<ChildProcess>();
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

const start = async (script: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.add(child);
  await once(child.stdout, 'data');
  return child;
};
const stay = 'setInterval(() => {}, 1000); console.log("up");';

describe('a process that is stopped', () => {
  it('is asked to end, and may say how', async () => {
    const child = await start(`process.on('SIGINT', () => process.exit(7)); ${stay}`);
    const stop = new AbortController();
    const ended = stopChild(child, stop.signal);

    stop.abort();

    expect(await ended).toBe(7);
  });

  it('is ended where it does not, within the bound', async () => {
    const child = await start(`process.on('SIGINT', () => {}); ${stay}`);
    const stop = new AbortController();
    const ended = stopChild(child, stop.signal, 100);

    stop.abort();

    expect(await ended).toBe(1);
    expect(child.signalCode).toBe('SIGKILL');
  });
});

describe('the framework after its error', () => {
  it('is ended when it does not end by itself', async () => {
    const failed = endAfterError(20);
    const ended = stopChild(await start(stay), failed.signal, 100);

    failed.see('Packaging notes for stage dev');
    failed.see('Error:');
    failed.see('Build failed with 1 error:');

    expect(await ended).not.toBe(0);
  });

  it('may be silent as long as it has said nothing of one', async () => {
    const failed = endAfterError(5);

    failed.see('Updating CloudFormation stack');
    await letPass(20, 'nothing may come of it');

    expect(failed.signal.aborted).toBe(false);
  });
});

describe('a working copy', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'copy-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('is one command’s at a time', () => {
    const file = join(folder, 'lock');
    const release = claimWorkingCopy(file);

    expect(() => claimWorkingCopy(file)).toThrow('Another command deploys from this working copy');
    release();
    expect(() => claimWorkingCopy(file)()).not.toThrow();
  });

  it('is free again after a command that was killed', async () => {
    const file = join(folder, 'lock');
    const module = pathToFileURL(join(import.meta.dirname, '../../src/framework/workingCopy.ts')).href;
    const claim = `const { claimWorkingCopy } = await import(${JSON.stringify(module)}); claimWorkingCopy(${JSON.stringify(file)});`;
    const child = await start(`${claim} ${stay}`);

    expect(() => claimWorkingCopy(file)).toThrow('Another command');
    child.kill('SIGKILL');
    await once(child, 'close');

    expect(() => claimWorkingCopy(file)()).not.toThrow();
  });
});
