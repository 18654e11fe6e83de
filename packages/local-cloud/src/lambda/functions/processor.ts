import { availableParallelism } from 'node:os';

const window = 100; // milliseconds, at least
const busyShare = 0.75;

/**
 * Tells whether this process, all its threads together, has kept the machine's cores busy since it was last asked. More
 * execution environments would only take turns then, and each costs the others a start.
 */
export const createProcessorWatch = () => {
  let measuredAt = performance.now();
  let used = process.cpuUsage();
  let isBusy = false;
  return (): boolean => {
    const elapsed = performance.now() - measuredAt;
    if (elapsed < window) return isBusy;
    const { user, system } = process.cpuUsage(used);
    isBusy = (user + system) / 1000 > busyShare * elapsed * availableParallelism();
    measuredAt = performance.now();
    used = process.cpuUsage();
    return isBusy;
  };
};
