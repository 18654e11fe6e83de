import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { config } from './config.ts';

const isGone = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 410;

/** Posts to connections of the WebSocket API. */
export const createSockets = (client: ApiGatewayManagementApiClient) => ({
  /** Resolves to whether the connection is there. */
  async post(ConnectionId: string, text: string): Promise<boolean> {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: text }));
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  },
});

export type Sockets = ReturnType<typeof createSockets>;

/** Ten notices of a batch, 25 posts each: one that waits for a socket would be timed out for those that hang. */
const mostAtOnce = { maxSockets: 250 };

export const sockets = createSockets(
  new ApiGatewayManagementApiClient({
    endpoint: config.websocketEndpoint,
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: 500,
      requestTimeout: 1500,
      throwOnRequestTimeout: true,
      httpsAgent: mostAtOnce,
      httpAgent: mostAtOnce,
    },
  }),
);
