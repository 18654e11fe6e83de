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

export const sockets = createSockets(
  new ApiGatewayManagementApiClient({
    endpoint: config.websocketEndpoint,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true },
  }),
);
