import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../src/process/options.ts';

describe('readOptions', () => {
  it('is what npm start means when nothing is given', () => {
    expect(readOptions([], {})).toMatchObject({ portBase: 3000, fresh: false, sweepSeconds: 5 });
    expect(readOptions([], {}).data).toMatch(/\.local$/);
  });

  it('takes the environment, and the command line before it', () => {
    const env = { LOCAL_PORT_BASE: '12000', LOCAL_DATA: '/tmp/one' };

    expect(readOptions([], env)).toMatchObject({ portBase: 12_000, data: '/tmp/one' });
    expect(readOptions(['--port-base', '13000', '--data', '/tmp/two', '--fresh'], env)).toMatchObject({
      portBase: 13_000,
      data: '/tmp/two',
      fresh: true,
    });
  });

  it.each([['80'], ['65000'], ['many'], ['']])('refuses the port base %j', (portBase) => {
    expect(() => readOptions(['--port-base', portBase], {})).toThrow('--port-base must be a number');
  });

  it.each([
    [[], []],
    [['--only', 'notes'], ['notes']],
    [
      ['--only', 'notes, users', '--only', 'tasks'],
      ['notes', 'users', 'tasks'],
    ],
  ])('takes the services to run: %j', (args, only) => {
    expect(readOptions(args, {}).only).toEqual(only);
  });

  it('refuses an option that it does not know', () => {
    expect(() => readOptions(['--frehs'], {})).toThrow("Unknown option '--frehs'");
  });
});
