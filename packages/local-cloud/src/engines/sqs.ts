import { host } from '../portCheck.ts';

export interface Sqs {
  readonly endpoint: string;
  readonly label: string;
  readonly stop: () => Promise<void>;
}

/**
 * SQS, in this process and its memory: what is queued goes with it. `startFauxqs`, its own way to start, listens on every
 * address. An `endpoint` that the caller names is used instead.
 */
export const startSqs = async ({ port, endpoint }: { port: number; endpoint?: string | undefined }): Promise<Sqs> => {
  if (endpoint) return { endpoint, label: `${endpoint} (AWS_ENDPOINT_URL_SQS)`, stop: async () => {} };
  const { buildApp } = await import('fauxqs');
  const app = buildApp({ logger: false });
  const address = await app.listen({ port, host });
  return { endpoint: address, label: 'fauxqs, in memory', stop: async () => app.close() };
};
