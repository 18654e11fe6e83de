import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { host } from '../../../src/process/portCheck.ts';

/** A port that nothing listens on. */
export const freePort = async (): Promise<number> => {
  const probe = createServer();
  await once(probe.listen(0, host), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};
