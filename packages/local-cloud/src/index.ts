import { planStart, portsIn } from './cloud/plan.ts';
import { readOptions } from './process/options.ts';
import { defaultPortBase } from './process/ports.ts';

export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from './harness/harness.ts';

/** Every port that `npm start` listens on, by its distance from the gateway's, with what it is for. */
export const portOffsets = (): { readonly offset: number; readonly purpose: string }[] =>
  portsIn(planStart(readOptions([], {}))).map(({ port, purpose }) => ({ offset: port - defaultPortBase, purpose }));
