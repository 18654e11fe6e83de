import { createSocketHandler } from '@app/middleware';

export const handler = createSocketHandler({ route: 'ping', handle: () => Promise.resolve({ type: 'pong' }) });
