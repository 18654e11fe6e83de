import { describe, expect, it } from '@jest/globals';
import { dataPolicy } from '../../../src/stage/keepData.ts';
import { assertStageName, isDurable } from '../../../src/stage/stage.ts';

describe('the name of a stage', () => {
  it.each(['dev', 'prod', 'pr-123', 'a', 'a2345678901234567890'])('may be %s', (name) => {
    expect(() => assertStageName(name)).not.toThrow();
  });

  it.each(['', 'Prod', 'a_b', 'a.b', 'feature/x', '1st', '-a', 'ä', 'a23456789012345678901', 'dev\n'])(
    'may not be %j',
    (name) => {
      expect(() => assertStageName(name)).toThrow('is no name for a stage: one to 20 lower-case letters');
    },
  );
});

describe('a stage', () => {
  it.each([
    ['prod', true],
    ['staging', true],
    ['dev', false],
    ['pr-1', false],
    ['default', false],
  ])('%s is durable: %s', (stage, durable) => {
    expect(isDurable(stage)).toBe(durable);
  });

  it('that is durable keeps its data, but not what a failed deployment has just made', () => {
    expect(dataPolicy(true)).toEqual({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  it('that is not leaves nothing behind', () => {
    expect(dataPolicy(false)).toEqual({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});
