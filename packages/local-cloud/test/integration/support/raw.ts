import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { host } from '../../../src/process/portCheck.ts';

/** Sends bytes, one for each character, and resolves to what comes back until the connection is closed. */
export const rawText = async (port: number, sent: string): Promise<string> => {
  const socket = connect(port, host);
  socket.write(sent, 'latin1');
  return text(socket);
};

/** The same for an answer with a body of JSON. */
export const raw = async (port: number, sent: string) => {
  const [head = '', body = '{}'] = (await rawText(port, sent)).split('\r\n\r\n');
  return { head, body: JSON.parse(body || '{}') as Record<string, unknown> };
};
