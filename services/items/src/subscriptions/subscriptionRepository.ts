import { equals, expressions } from '@app/dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { connectionsTable } from '../tables.ts';

/** A connection that is to hear of a request. */
export interface Subscription {
  readonly requestId: string;
  readonly connectionId: string;
  readonly ownerId: string;
  readonly connectedAt: string;
}

const longestConnection = 2 * 3600; // seconds; API Gateway ends it then

const pageSize = 25; // connections that one announcement tells, all at once
const mostForgotten = 500; // rows of one connection that its end removes

/** Who is to hear of what: a row for each request and connection. */
export const createSubscriptionRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const remove = async (requestId: string, connectionId: string) => {
    await client.send(new DeleteCommand({ TableName, Key: { requestId, connectionId } }));
  };

  return {
    async add(subscription: Subscription) {
      const ttl = Math.ceil(Date.parse(subscription.connectedAt) / 1000) + longestConnection;
      await client.send(new PutCommand({ TableName, Item: { ...subscription, ttl } }));
    },

    remove,

    /**
     * Those who subscribed to a request, a page at a time: with `next`, there are more after that connection. Consistent,
     * on the table itself: whoever subscribed before this call is among them.
     */
    async pageByRequest(requestId: string, after?: string): Promise<{ subscribers: Subscription[]; next?: string }> {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          ...expressions({ key: equals('requestId', requestId) }),
          ...(after !== undefined && { ExclusiveStartKey: { requestId, connectionId: after } }),
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      const subscribers = Items as Subscription[];
      return { subscribers, ...(LastEvaluatedKey && { next: String(LastEvaluatedKey.connectionId) }) };
    },

    /**
     * Removes what a connection subscribed to, as far as one call of a function goes; what it subscribed to beyond that, and
     * what the index does not show yet, goes with its TTL.
     */
    async forget(connectionId: string) {
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      for (let forgotten = 0; forgotten < mostForgotten; forgotten += pageSize) {
        const page = await client.send(
          new QueryCommand({
            TableName,
            IndexName: connectionsTable.indexes.byConnection.name,
            ...expressions({ key: equals('connectionId', connectionId) }),
            Limit: pageSize,
            ExclusiveStartKey,
          }),
        );
        await Promise.all((page.Items ?? []).map(({ requestId }) => remove(String(requestId), connectionId)));
        ExclusiveStartKey = page.LastEvaluatedKey;
        if (!ExclusiveStartKey) return;
      }
    },
  };
};

export type SubscriptionRepository = ReturnType<typeof createSubscriptionRepository>;
