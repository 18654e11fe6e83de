import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { secretsOf } from '../../../src/ssm/declared.ts';
import { createSecrets } from '../../../src/ssm/secrets.ts';

const key = { service: 'notes', name: 'key', parameter: '/groundwork/dev/notes/key' };

let root: string;
let said: string[];

const file = () => join(root, '.secrets.local.json');
const kept = () => join(root, 'secrets.json');
const write = (values: unknown) => writeFile(file(), typeof values === 'string' ? values : JSON.stringify(values));
const secretsNow = () => createSecrets({ file: file(), kept: kept(), root, log: (message) => void said.push(message) });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'secrets-'));
  said = [];
});

afterEach(() => rm(root, { recursive: true }));

describe('a secret on a laptop', () => {
  it('is what the developer has written, from the moment that it is written', async () => {
    await write({ notes: { key: 'the first value' } });
    const secrets = secretsNow();
    secrets.declare([key]);

    const before = secrets.get(key.parameter);
    await write({ notes: { key: 'the second value' } });

    expect([before, secrets.get(key.parameter)]).toEqual(['the first value', 'the second value']);
    expect(said).toEqual([]);
  });

  it('is random, and stays the same over a restart, where nothing is written; and the start says so', async () => {
    const secrets = secretsNow();
    secrets.declare([key, { ...key, name: 'other', parameter: '/groundwork/dev/notes/other' }]);

    const value = secrets.get(key.parameter);
    const other = secrets.get('/groundwork/dev/notes/other');
    const restarted = secretsNow();
    restarted.declare([key]);

    expect(value).toMatch(/^[\w-]{43}$/);
    expect(other).not.toBe(value);
    expect(restarted.get(key.parameter)).toBe(value);
    expect(said[0]).toBe(
      'notes.key is not in .secrets.local.json: a random value is used, kept in secrets.json. If another system must know it, write it into .secrets.local.json.',
    );
    expect(said.join()).not.toContain(value);
  });

  it('is kept where only its owner may read', async () => {
    const secrets = secretsNow();
    secrets.declare([key]);
    const value = secrets.get(key.parameter);

    expect((await stat(kept())).mode & 0o077).toBe(0);
    expect(JSON.parse(await readFile(kept(), 'utf8'))).toEqual({ notes: { key: value } });
  });

  it('is none where no service declares it', async () => {
    await write({ notes: { key: 'a value of some length' } });

    expect(secretsNow().get(key.parameter)).toBeUndefined();
  });

  it('is told of where its name is written wrong', async () => {
    await write({ notes: { kye: 'a value of some length' }, others: { key: 'of a service that does not run' } });
    const secrets = secretsNow();
    secrets.declare([]);

    secrets.sayUnused('notes');

    expect(said).toEqual(['notes.kye is in .secrets.local.json, but notes declares no such secret (custom.secrets).']);
  });

  it.each([
    ['no JSON', '{ "notes": { "key": "hunter2-hunter2" ', 'must be a JSON object'],
    ['a list', [], 'must be a JSON object'],
    ['a text for a service', { notes: 'hunter2-hunter2' }, 'notes must be an object of secrets'],
    ['a number for a value', { notes: { key: 1 } }, 'notes.key must be a text that is not empty'],
    ['nothing for a value', { notes: { key: '' } }, 'notes.key must be a text that is not empty'],
  ])('is refused from a file with %s, without a word of what is in it', async (_what, values, reason) => {
    await write(values);
    const declare = () => secretsNow().declare([key]);

    expect(declare).toThrow(file());
    expect(declare).toThrow(reason);
    expect(declare).not.toThrow('hunter2');
  });
});

describe('what a service declares', () => {
  const serviceWith = (secrets?: Record<string, unknown>) =>
    ({ service: { service: 'notes', custom: { secrets } } }) as unknown as Parameters<typeof secretsOf>[0];

  it('is a parameter for each name', () => {
    expect(secretsOf(serviceWith({ key: key.parameter }))).toEqual([key]);
    expect(secretsOf(serviceWith())).toEqual([]);
  });

  it.each([['no/slash'], ['/a b'], [7], ['']])('is refused where a parameter is named %j', (parameter) => {
    expect(() => secretsOf(serviceWith({ key: parameter }))).toThrow(
      `custom.secrets.key of notes must be the name of a parameter, such as /groundwork/dev/notes/key, not ${JSON.stringify(parameter)}.`,
    );
  });
});
