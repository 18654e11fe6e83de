import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends bytes as they are, and resolves to all that comes back until the connection ends or `milliseconds` have passed. */
export const sendRaw = async (port: number, bytes: string | Uint8Array, milliseconds = 1000): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  const limit = setTimeout(() => socket.destroy(), milliseconds);
  socket.write(bytes);
  await closed;
  clearTimeout(limit);
  return answer;
};
