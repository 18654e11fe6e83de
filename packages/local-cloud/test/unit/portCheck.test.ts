import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { host, takenPorts } from '../../src/process/portCheck.ts';

const listen = async () => {
  const server = createServer();
  await once(server.listen(0, host), 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};

describe('takenPorts', () => {
  it('is those that something listens on, and not one that is let go while it looks', async () => {
    const [taken, letGo, free] = [await listen(), await listen(), await listen()];
    free.server.close();
    setTimeout(() => letGo.server.close(), 200);

    const found = await takenPorts([taken, letGo, free].map(({ port }) => ({ port })));
    taken.server.close();

    expect(found).toEqual([{ port: taken.port }]);
  });
});
