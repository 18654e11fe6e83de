import { httpApiEvent, lambdaContext, parsed, sqsEvent, type TestRequest } from '@app/test-support';
import { SendMessageCommand, type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { handler as create } from '../../src/handlers/createItem.ts';
import { handler as get } from '../../src/handlers/getRequest.ts';
import { handler as write } from '../../src/handlers/writer.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * The functions of the service as one owner calls them, over the tables of the local cloud. The queue is kept in memory,
 * as a FIFO queue does: one message for each deduplication id. `carryOut` hands them to the writer.
 */
export const itemsApi = (subject: string = crypto.randomUUID()) => {
  const queued = new Map<string, SendMessageCommandInput>();
  mockClient(SQSClient)
    .on(SendMessageCommand)
    .callsFake((message: SendMessageCommandInput) => {
      const { MessageDeduplicationId: id } = message;
      if (id !== undefined && !queued.has(id)) queued.set(id, message);
      return {};
    });
  const call = async (handler: typeof get, request: TestRequest) =>
    parsed(await handler(httpApiEvent({ subject, ...request }), lambdaContext()));

  return {
    create: (body: unknown, headers: Headers = {}) => call(create, { method: 'POST', path: '/items', body, headers }),
    request: (requestId: string) => call(get, { path: `/requests/${requestId}`, params: { requestId } }),
    async carryOut() {
      const messages = [...queued.values()].map(({ MessageBody: body = '' }) => ({ body }));
      for (let sent = 0; sent < messages.length; sent += 25)
        await write(sqsEvent(...messages.slice(sent, sent + 25)), lambdaContext());
    },
  };
};
