import { UsageFailure } from '@app/command-line/failure';
import { describe, expect, it } from '@jest/globals';
import { readArguments } from '../../../src/diff/arguments.ts';

const read = (...args: string[]) => readArguments(args, {});

describe('the arguments of pnpm run diff', () => {
  it('are a stage, what to compare with, approvals and a form', () => {
    expect(
      read('--stage', 'dev', '--service', 'notes', '--against', 'main', '--approve', 'notes/A, notes/B', '--json'),
    ).toMatchObject({
      target: { stage: 'dev', region: 'eu-west-1', services: [{ name: 'notes' }] },
      against: 'main',
      approved: ['notes/A', 'notes/B'],
      format: 'json',
    });
    expect(read('--stage', 'dev')).toMatchObject({ against: undefined, approved: [], format: 'terminal' });
  });

  it.each([
    [['--against', 'main'], '--stage is missing'],
    [['--stage', 'Prod'], '“Prod” is no name for a stage'],
    [['--stage', 'dev', '--service', 'nots'], 'there is no nots'],
    [['--stage', 'dev', '--approve', 'NotesTable'], '--approve: “NotesTable” is no name'],
    [['--stage', 'dev', '--approve', ''], '--approve: “” is no name'],
    [['--stage', 'dev', '--against', ''], '--against: no revision is named'],
    [['--stage', 'dev', '--json', '--markdown'], 'one of them'],
    [['--stage', 'dev', '--agianst', 'main'], '--agianst'],
  ])('%j are refused', (args, message) => {
    expect(() => read(...args)).toThrow(UsageFailure);
    expect(() => read(...args)).toThrow(message);
  });
});
