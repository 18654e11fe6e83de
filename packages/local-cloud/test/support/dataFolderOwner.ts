/** A program for tests: opens and releases a data folder as its parent says, and answers what came of it. */
import { openDataFolder } from '../../src/data/dataFolder.ts';

type Order = { readonly open: string; readonly at?: number } | 'release';

let release: (() => void) | undefined;

const open = async (folder: string, at = 0) => {
  while (Date.now() < at); // all who were told the same time begin in the same millisecond
  try {
    ({ release } = await openDataFolder(folder, { fresh: false, port: 4000 }));
    return 'opened';
  } catch (error) {
    return (error as Error).message;
  }
};

const giveUp = () => {
  release?.();
  release = undefined;
  return 'released';
};

const carryOut = async (order: Order) => {
  process.send?.(order === 'release' ? giveUp() : await open(order.open, order.at));
};

process.on('message', (order: Order) => void carryOut(order));
process.send?.('ready');
