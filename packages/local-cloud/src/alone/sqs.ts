import { type Sqs, startSqs } from '../engines/sqs.ts';
import { isListening } from '../portCheck.ts';

/**
 * SQS for one service by itself: the engine that the caller names, or one of its own, on any port where another's has the
 * usual one. It does not share that of a local cloud that is up, whose own copy of the service consumes the queues.
 */
export const startOwnSqs = async (port: number): Promise<Sqs> => {
  const endpoint = process.env['AWS_ENDPOINT_URL_SQS'] || undefined;
  const isTaken = !endpoint && (await isListening(port));
  return startSqs({ port: isTaken ? 0 : port, endpoint });
};
