import { settled } from '@app/test-support/time';
import { expect, it } from '@jest/globals';
import { itemsClient } from '../support/client.ts';
import { openSocket } from '../support/socket.ts';

interface Span {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
interface Trace {
  readonly spans?: readonly Span[];
}

const gateway = process.env.GATEWAY_URL ?? '';
const toSocket = 'ApiGatewayManagementApi.PostToConnection';

/** The names of a span and of all that led to it, from the first. */
const wayTo = (spans: readonly Span[], span: Span | undefined): string[] => {
  if (!span) return [];
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...wayTo(spans, parent), span.name];
};

const traceOf = async (id: string | null) => (await (await fetch(`${gateway}/_local/traces/${id}`)).json()) as Trace;

/** Has an item created and subscribes to its request at once. Resolves to the trace when the socket has heard. */
const createAndHear = async (): Promise<readonly Span[]> => {
  const listener = await openSocket(gateway);
  const { body, headers } = await itemsClient(gateway).create({ name: 'Traced' });
  listener.say({ action: 'subscribe', requestId: body.requestId });
  await listener.notified(body.requestId);
  listener.close();
  const hasNotifier = ({ spans = [] }: Trace) => spans.some(({ name }) => name === 'items:notifier');
  const { spans = [] } = await settled(() => traceOf(headers.get('x-request-id')), hasNotifier);
  return spans;
};

it('POST /items is one trace, from the request to the socket that hears of it', async () => {
  let spans: readonly Span[] = [];
  const posted = () => spans.find(({ name }) => name === toSocket);
  // A subscription that comes after the notifier is told at once, by the function that takes it: another trace.
  for (let attempt = 1; attempt <= 10 && !posted(); attempt += 1) spans = await createAndHear();

  expect(wayTo(spans, posted())).toEqual([
    'POST /items',
    'items:createItem',
    'SQS.SendMessage',
    'items:writer',
    'SQS.SendMessage',
    'items:notifier',
    toSocket,
  ]);
});
