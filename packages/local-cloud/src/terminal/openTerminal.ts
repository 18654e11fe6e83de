import { paintFor } from '@app/command-line/colour';
import { createSourcePlaces } from '../lambda/build/sourcePlaces.ts';
import type { Lifecycle } from '../process/lifecycle.ts';
import type { Options } from '../process/options.ts';
import { createTerminal, type Mode, type Terminal } from './terminal.ts';

/** Lines for people where a terminal reads them, JSON for all else, unless somebody says. */
const modeOf = ({ output }: Pick<Options, 'output'>): Mode => output ?? (process.stdout.isTTY ? 'lines' : 'json');

/** The terminal of this process. */
export const openTerminal = (options: Pick<Options, 'output' | 'root'>, lifecycle: Lifecycle): Terminal => {
  const places = createSourcePlaces(options.root);
  lifecycle.atEnd(places.close);
  return createTerminal({
    mode: modeOf(options),
    paint: paintFor(process.stdout, process.env),
    write: (text) => void process.stdout.write(text),
    resolveStack: places.resolve,
  });
};
