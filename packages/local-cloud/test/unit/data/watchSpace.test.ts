import { describe, expect, it } from '@jest/globals';
import { watchSpace } from '../../../src/data/watchSpace.ts';

const megabyte = 1024 * 1024;

/** What is said while the disk has these amounts free, one after another; `undefined` is a disk that does not tell. */
const saidOver = async (amounts: readonly (number | undefined)[]) => {
  const said: string[] = [];
  let looks = 0;
  const over = Promise.withResolvers<void>();
  const free = async () => {
    if (looks >= amounts.length) over.resolve();
    const amount = amounts[Math.min(looks++, amounts.length - 1)];
    if (amount === undefined) throw new Error('ENOENT');
    return amount * megabyte;
  };
  const keepAlive = setTimeout(() => {}, 10_000);
  const stop = await watchSpace({ folder: '/data', log: (line) => said.push(line), milliseconds: 1, free });
  await over.promise;
  stop();
  clearTimeout(keepAlive);
  return said;
};

describe('watchSpace', () => {
  it.each<[what: string, amounts: (number | undefined)[], said: RegExp[]]>([
    ['nothing while there is room', [900, 800, 51], []],
    ['once that it is nearly full', [900, 49, 48, 12, 30], [/nearly full.*\(49 MB left\)/]],
    ['at the start', [3], [/nearly full/]],
    ['both as it fills', [60, 40, 0.5, 0, 0], [/nearly full/, /is full.*\(0 MB left\)/]],
    ['the worse alone when it fills at once', [60, 0], [/is full/]],
    ['no more than once as it wavers', [60, 0, 2, 0, 2, 0], [/is full/]],
    ['that there is room again, and the next time', [60, 0, 60, 60, 0], [/is full/, /has room again/, /is full/]],
    ['nothing of a disk that does not tell', [undefined, undefined], []],
    ['what it knows over a gap', [60, 40, undefined, 40, 60], [/nearly full/, /has room again/]],
  ])('says %s', async (_, amounts, expected) => {
    const said = await saidOver(amounts);

    expect(said).toEqual(expected.map((each) => expect.stringMatching(each)));
  });

  it('asks the system by itself, and names the folder and what to do', async () => {
    const said: string[] = [];

    const stop = await watchSpace({ folder: process.cwd(), log: (line) => said.push(line), free: async () => 0 });
    stop();
    (await watchSpace({ folder: process.cwd(), log: () => {} }))();

    expect(said[0]).toContain(process.cwd());
    expect(said[0]).toContain('npm start -- --data <folder>');
  });
});
