import { currentWork } from './work.ts';

/** Capacity units that were consumed outside of any work, since they were last taken. */
let consumed = { read: 0, write: 0 };

/** What the work that runs now is charged with. */
const charged = () => currentWork()?.capacity ?? consumed;

export const addReadCapacity = (units: number) => {
  charged().read += units;
};

export const addWriteCapacity = (units: number) => {
  charged().write += units;
};

/** What was consumed outside of any work since the last call. */
export const takeCapacity = () => {
  const taken = consumed;
  consumed = { read: 0, write: 0 };
  return taken;
};
