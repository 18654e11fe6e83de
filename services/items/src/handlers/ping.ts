import { ping as message } from '@app/contracts/messages/ping';
import { createSocketHandler } from '@app/middleware';

export const handler = createSocketHandler({ route: 'ping', message, handle: () => Promise.resolve({ type: 'pong' }) });
