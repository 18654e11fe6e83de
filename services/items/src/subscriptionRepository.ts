import { equals, expressions } from '@app/dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';

/** A connection that is to hear of a request. */
export interface Subscription {
  readonly requestId: string;
  readonly connectionId: string;
  readonly ownerId: string;
  readonly connectedAt: string;
}

const longestConnection = 2 * 3600; // seconds; API Gateway ends it then

/** Who is to hear of what: a row for each request and connection. */
export const createSubscriptionRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const query = async (input: Omit<QueryCommandInput, 'TableName'>) => {
    const found: Subscription[] = [];
    let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
    do {
      const page = await client.send(new QueryCommand({ TableName, ExclusiveStartKey, ...input }));
      found.push(...((page.Items ?? []) as Subscription[]));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  };

  const remove = async (requestId: string, connectionId: string) => {
    await client.send(new DeleteCommand({ TableName, Key: { requestId, connectionId } }));
  };

  return {
    async add(subscription: Subscription) {
      const ttl = Math.ceil(Date.parse(subscription.connectedAt) / 1000) + longestConnection;
      await client.send(new PutCommand({ TableName, Item: { ...subscription, ttl } }));
    },

    remove,

    /** Consistent, on the table itself: whoever subscribed before this call is among them. */
    listByRequest: (requestId: string) =>
      query({ ...expressions({ key: equals('requestId', requestId) }), ConsistentRead: true }),

    /** Removes all that a connection subscribed to; what the index does not show yet goes with its TTL. */
    async forget(connectionId: string) {
      const rows = await query({
        IndexName: 'connection-index',
        ...expressions({ key: equals('connectionId', connectionId) }),
      });
      await Promise.all(rows.map(({ requestId }) => remove(requestId, connectionId)));
    },
  };
};

export type SubscriptionRepository = ReturnType<typeof createSubscriptionRepository>;
