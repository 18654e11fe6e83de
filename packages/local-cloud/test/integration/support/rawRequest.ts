import { connect } from 'node:net';
import { host } from '../../../src/process/portCheck.ts';

/**
 * Sends bytes to a port, one piece after another, and resolves to all that is answered until the connection is closed or
 * has been quiet for a while; what is still open then is cut.
 */
export const rawRequest = (port: number, pieces: readonly (string | Buffer)[], quietMilliseconds = 300) =>
  new Promise<string>((resolve) => {
    let answer = '';
    const socket = connect(port, host, () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.setTimeout(quietMilliseconds, () => socket.destroy());
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
