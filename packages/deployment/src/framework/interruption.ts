import { warn } from '@app/command-line/command';

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
type Ending = keyof typeof exitCodes;

/**
 * A signal that is aborted by Ctrl-C or SIGTERM. What runs is then ended within bounds, nothing more is started, and the
 * command's own end follows from that.
 */
export const onInterruption = (): AbortSignal => {
  const controller = new AbortController();
  const end = (ending: Ending) => {
    process.exitCode = exitCodes[ending];
    if (controller.signal.aborted) return warn('Already stopping; at most ten seconds.');
    warn('Stopping. What CloudFormation has begun goes on without this command.');
    controller.abort();
  };
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGTERM', () => end('SIGTERM'));
  return controller.signal;
};
