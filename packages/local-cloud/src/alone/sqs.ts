import { type Sqs, startSqs } from '../engines/sqs.ts';
import { isListening } from '../portCheck.ts';

export interface OwnSqsOptions {
  readonly port: number;
  /** Where queues outlast this process. */
  readonly folder?: string;
  readonly allowedHosts?: readonly string[];
  readonly say: (message: string) => void;
}

/**
 * SQS for one service by itself: the engine that the caller names, or one of its own, on any port where another's has the
 * usual one. It does not share that of a local cloud that is up, whose own copy of the service consumes the queues; and as
 * that has the folder, the queues are in memory then.
 */
export const startOwnSqs = async ({ port, folder, ...options }: OwnSqsOptions): Promise<Sqs> => {
  const endpoint = process.env['AWS_ENDPOINT_URL_SQS'] || undefined;
  if (endpoint) return startSqs({ port, endpoint });
  const own = { ...options, port: (await isListening(port)) ? 0 : port };
  if (folder === undefined) return startSqs(own);
  return startSqs({ ...own, folder }).catch((error: Error) => {
    options.say(`${error.message}. Until then queues are in memory.`);
    return startSqs(own);
  });
};
