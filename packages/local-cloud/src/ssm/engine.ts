import { join } from 'node:path';
import type { Serverless } from '../framework/types.ts';
import type { Gate } from '../gate/gate.ts';
import { createGuard } from '../guard/guard.ts';
import { host } from '../process/portCheck.ts';
import { secretsOf } from './declared.ts';
import { createFront } from './front.ts';
import { createSecrets } from './secrets.ts';
import { secretsFileName } from './secretsFile.ts';

export interface Ssm {
  readonly endpoint: string;
  readonly label: string;
  /** Adds the secrets of a service. Throws what is wrong with them, or with the developer's file. */
  readonly declare: (serverless: Pick<Serverless, 'service'>) => void;
  readonly stop: () => Promise<void>;
}

interface SsmOptions {
  readonly port: number;
  /** An engine that the developer names, in place of ours. */
  readonly endpoint?: string | undefined;
  /** The workspace, which has the developer's own file of values. */
  readonly root: string;
  /** Where values that were made here are kept. */
  readonly kept: string;
  readonly allowedHosts: readonly string[];
  readonly gate: Gate;
  readonly log: (message: string) => void;
}

/** Parameter Store in this process, for the secrets of services. */
export const startSsm = async (options: SsmOptions): Promise<Ssm> => {
  const { port, endpoint, root, kept, allowedHosts, gate, log } = options;
  if (endpoint)
    return { endpoint, label: `${endpoint} (AWS_ENDPOINT_URL_SSM)`, declare: () => {}, stop: async () => {} };
  const secrets = createSecrets({ file: join(root, secretsFileName), kept, root, log });
  const front = createFront({ guard: createGuard(allowedHosts), gate, secrets, log });
  return {
    endpoint: `http://${host}:${await front.listen(port)}`,
    label: `secrets, from ${secretsFileName}`,
    declare: (serverless) => {
      secrets.declare(secretsOf(serverless));
      secrets.sayUnused(serverless.service.service);
    },
    stop: front.close,
  };
};
