/** `pnpm faults`: calls and invocations of the local cloud that go wrong on purpose. */

import { print, runCommand } from '@app/command-line/command';
import { screenOf } from '@app/command-line/screen';
import type { Fault } from '@app/local-cloud/src/faults/fault.ts';
import { type FaultsArguments, readArguments, usage } from './inspect/faults/arguments.ts';
import { renderFaults } from './inspect/faults/render.ts';
import { createInspector } from './inspect/inspector.ts';

/** Does what is asked for, and resolves to the faults to tell of. */
const carryOut = async (given: FaultsArguments): Promise<readonly Fault[]> => {
  const { json } = createInspector(given.gateway);
  if (given.action === 'add') return [await json<Fault>('faults', { method: 'POST', body: given.fault })];
  const path = given.action === 'remove' ? `faults/${encodeURIComponent(given.id)}` : 'faults';
  const { faults } = await json<{ faults: Fault[] }>(path, { method: given.action === 'list' ? 'GET' : 'DELETE' });
  return faults;
};

await runCommand({
  usage,
  run: async (args) => {
    const faults = await carryOut(readArguments(args, process.env));
    print(renderFaults(faults, screenOf(process.stdout, process.env)));
  },
});
