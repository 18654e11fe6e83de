import { type ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';

const isGone = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 410;

/** Posts to connections of the WebSocket API. */
export const createSocketClient = (client: ApiGatewayManagementApiClient) => ({
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

export type SocketClient = ReturnType<typeof createSocketClient>;
