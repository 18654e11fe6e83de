import { afterEach, describe, expect, it } from '@jest/globals';
import { readEnv } from '../../src/readEnv.ts';

const names = ['THINGS_TABLE', 'THINGS_QUEUE', 'THINGS_BUCKET'] as const;

afterEach(() => {
  for (const name of names) delete process.env[name];
});

describe('readEnv', () => {
  it('reads what is asked for, and nothing else', () => {
    Object.assign(process.env, { THINGS_TABLE: 'things-dev', THINGS_QUEUE: 'q' });

    expect(readEnv('THINGS_TABLE')).toEqual({ THINGS_TABLE: 'things-dev' });
  });

  it('names everything that is missing or empty', () => {
    Object.assign(process.env, { THINGS_TABLE: 'things-dev', THINGS_QUEUE: '' });

    expect(() => readEnv(...names)).toThrow('Missing environment variables: THINGS_QUEUE, THINGS_BUCKET');
  });
});
