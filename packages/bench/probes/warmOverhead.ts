// Run as a process of its own: the pipeline of getMemo and a bare handler over the same stubbed client, in turn.
import { documentClient } from '@app/dynamodb';
import { httpApiEvent, lambdaContext } from '@app/test-support';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { handler } from './getMemo.ts';

const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const Item = {
  id,
  title: 'Milk',
  content: 'Two pints',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  ownerId: 'public',
};
Object.assign(documentClient, { send: async () => ({ Item }) });

const bare = async () => {
  const { Item: memo } = await documentClient.send(new GetCommand({ TableName: 'memos', Key: { id } }));
  return { statusCode: 200, body: JSON.stringify(memo) };
};

const event = () =>
  httpApiEvent({ path: `/memos/${id}`, params: { id }, headers: { origin: 'http://localhost:3000' } });
const context = lambdaContext();
const rounds = 20_000;
const differences: number[] = [];
for (let round = 0; round < rounds; round++) {
  const request = event();
  const startedAt = performance.now();
  await handler(request, context);
  const halfway = performance.now();
  await bare();
  const endedAt = performance.now();
  if (round >= rounds / 2) differences.push(halfway - startedAt - (endedAt - halfway));
}
const sorted = differences.toSorted((a, b) => a - b);
process.stderr.write(String((sorted[sorted.length / 2] ?? Number.NaN) * 1000));
process.exit();
