import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Address, addressOf } from './addressOf.ts';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const patience = 10_000; // ms for one call

const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'Z3JvdW5kd29yay1kZXBsb3k=', // any sixteen bytes
};

const send = async ({ url, host }: Address, headers: Readonly<Record<string, string>>) =>
  await new Promise<{ response: IncomingMessage; isUpgraded: boolean }>((resolve, reject) => {
    const call = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = call(url, { headers: { ...headers, host }, signal: AbortSignal.timeout(patience) });
    request.once('response', (response) => resolve({ response, isUpgraded: false }));
    request.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ response, isUpgraded: true });
    });
    request.once('error', reject);
    request.end();
  });

/** One GET, or for `wss:` one handshake, after which the connection is closed. */
export const callApi = async (url: string, env: NodeJS.ProcessEnv): Promise<Answer> => {
  const isSocket = url.startsWith('ws');
  const { response, isUpgraded } = await send(addressOf(url, env), isSocket ? handshake : {});
  const body = isUpgraded ? '' : await text(response);
  return { status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', body };
};
