import { describe, expect, it } from '@jest/globals';
import { readDeployArguments } from '../../src/deploy/arguments.ts';
import { readRollbackArguments } from '../../src/deployments/arguments.ts';
import { patternOf, readLogsArguments, readSince } from '../../src/logs/arguments.ts';
import { readRemoveArguments } from '../../src/remove/arguments.ts';

const names = (services: readonly { readonly name: string }[]) => services.map(({ name }) => name);

describe('pnpm run deploy', () => {
  it('takes all services, in the region of the environment', () => {
    const { target, isForced, isJson } = readDeployArguments(['--stage', 'dev'], { AWS_REGION: 'us-east-1' });

    expect(target.region).toBe('us-east-1');
    expect(names(target.services)).toEqual(['notes', 'users', 'tasks', 'assets', 'items']);
    expect([isForced, isJson]).toEqual([false, false]);
  });

  it('takes the services, the region and the bound that are given', () => {
    const words = ['--stage', 'dev', '--service', 'tasks,notes', '--region', 'eu-central-1', '--parallel', '4'];
    const { target, parallel } = readDeployArguments(words, { AWS_REGION: 'us-east-1' });

    expect(target.region).toBe('eu-central-1');
    expect(names(target.services)).toEqual(['notes', 'tasks']);
    expect(parallel).toBe(4);
  });

  it.each([
    [[], '--stage is missing'],
    [['--stage', 'Prod'], '“Prod” is no name for a stage'],
    [['--stage', 'dev', '--service', 'noets'], '--service: there is no noets'],
    [['--stage', 'dev', '--region', 'ireland'], '--region: “ireland”'],
    [['--stage', 'dev', '--parallel', '0'], '--parallel: “0”'],
    [['--stage', 'dev', '--parallel', 'two'], '--parallel: “two”'],
    [['--stage', 'dev', '--param', 'alarms'], '--param: “alarms” is not <name>=<value>'],
    [['--stage', 'prod', '--yes', 'staging'], '--yes names “staging”'],
    [['--stage', 'dev', '--frce'], "Unknown option '--frce'"],
    [['dev'], "Unexpected argument 'dev'"],
  ])('refuses %j with exit code 2: %s', (words, message) => {
    expect(() => readDeployArguments(words, {})).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), exitCode: 2 }),
    );
  });
});

describe('pnpm run remove', () => {
  it('needs no more than the name of a preview', () => {
    expect(readRemoveArguments(['--stage', 'pr-1'], {}).yesRemove).toBeUndefined();
  });

  it.each(['prod', 'staging'])('needs the name of %s a second time', (stage) => {
    expect(() => readRemoveArguments(['--stage', stage], {})).toThrow(`add --yes-remove ${stage}`);
    expect(readRemoveArguments(['--stage', stage, '--yes-remove', stage], {}).yesRemove).toBe(stage);
  });

  it('refuses the name of another stage', () => {
    expect(() => readRemoveArguments(['--stage', 'prod', '--yes-remove', 'staging'], {})).toThrow(
      '--yes-remove names “staging”, but --stage is “prod”',
    );
  });

  it('does not take the consent to a change for one to a removal', () => {
    expect(() => readRemoveArguments(['--stage', 'prod', '--yes', 'prod'], {})).toThrow("Unknown option '--yes'");
  });
});

describe('pnpm run rollback', () => {
  it('is about one service', () => {
    expect(readRollbackArguments(['--stage', 'dev', '--service', 'notes'], {}).service.name).toBe('notes');
    expect(() => readRollbackArguments(['--stage', 'dev'], {})).toThrow('--service: name the one');
    expect(() => readRollbackArguments(['--stage', 'dev', '--service', 'notes,users'], {})).toThrow('--service: name');
  });
});

describe('pnpm run logs', () => {
  const now = Date.parse('2026-03-01T10:00:00Z');

  it.each([
    ['30s', '2026-03-01T09:59:30.000Z'],
    ['5m', '2026-03-01T09:55:00.000Z'],
    ['2h', '2026-03-01T08:00:00.000Z'],
    ['1d', '2026-02-28T10:00:00.000Z'],
    ['2026-02-01T08:00Z', '2026-02-01T08:00:00.000Z'],
  ])('reads --since %s', (text, time) => {
    expect(new Date(readSince(text, now)).toISOString()).toBe(time);
  });

  it.each(['yesterday', '5', '5w', ''])('refuses --since “%s”', (text) => {
    expect(() => readSince(text, now)).toThrow('--since:');
  });

  it('filters by text as it stands, and by a pattern of CloudWatch Logs as it is', () => {
    expect(patternOf('GET /notes')).toBe('"GET /notes"');
    expect(patternOf('say "hello"')).toBe('"say \\"hello\\""');
    expect(patternOf('{ $.level = "ERROR" }')).toBe('{ $.level = "ERROR" }');
  });

  it('takes functions by their short names, and ten minutes by default', () => {
    const words = ['--stage', 'dev', '--service', 'notes', '--function', 'getNote, listNotes'];

    const given = readLogsArguments(words, {}, now);

    expect(given.functions).toEqual(['getNote', 'listNotes']);
    expect(given.since).toBe(now - 600_000);
    expect(given.pattern).toBeUndefined();
  });
});
