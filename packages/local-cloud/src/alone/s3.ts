import { join } from 'node:path';
import { type S3, startS3 } from '../engines/s3.ts';
import { credentials } from '../environment.ts';
import { host, isListening } from '../portCheck.ts';

/** S3 for one service by itself: that of the local cloud that is up, whose functions then hear of objects, or its own. */
export const findOrStartS3 = async ({ port, data }: { port: number; data: string }): Promise<S3> => {
  const running = (await isListening(port)) ? `http://${host}:${port}` : undefined;
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'] || running;
  return startS3({ port, endpoint, folder: join(data, 's3'), credentials });
};
