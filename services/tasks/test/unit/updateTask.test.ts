import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { tasksApi } from '../support/tasksApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = tasksApi('ada');
const createdAt = '2026-01-01T00:00:00.000Z';
const taskId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const life = { version: 2, createdAt, updatedAt: createdAt };
const task = { taskId, title: 'Feed the cat', status: 'completed', priority: 'low', ...life };

/** What the one update sets, by attribute. */
const set = () => {
  const input = dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input;
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = input ?? {};
  const pairs = [...(input?.UpdateExpression ?? '').matchAll(/(#n\d+) = (:v\d+)/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [names[name], values[value] as unknown]));
};

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(UpdateCommand).resolves({ Attributes: { ...task, ownerStatus: 'ada#completed' } });
});

describe('PUT /tasks/{taskId}', () => {
  it('moves the task between statuses and their index in one update', async () => {
    const response = await api.update(taskId, { status: 'completed' });

    expect(response.body).toEqual(task);
    expect(set()).toMatchObject({ status: 'completed', ownerStatus: 'ada#completed' });
    expect(dynamodb.calls()).toHaveLength(1);
  });

  it('leaves status and index alone when it changes something else', async () => {
    await api.update(taskId, { title: 'Feed the cat' });

    expect(Object.keys(set()).toSorted()).toEqual(['title', 'updatedAt', 'writeToken']);
  });

  it.each([
    ['nothing to change', {}, '', 'must have at least one field'],
    ['another status', { status: 'done' }, '/status', 'must be one of pending, in-progress, completed, cancelled'],
    ['null for a field', { description: null }, '/description', 'must be of type string'],
    ['a due date that is none', { dueDate: '2030-13-01T00:00:00Z' }, '/dueDate', 'must be a valid date-time'],
  ])('responds 400 to %s, and writes nothing', async (_case, body, pointer, detail) => {
    const response = await api.update(taskId, body);

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer, detail }] });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});

describe('PATCH /tasks/{taskId}', () => {
  it.each([['description'], ['dueDate'], ['tags']])('removes %s where it is null', async (field) => {
    const response = await api.patch(taskId, { [field]: null });

    expect(response.status).toBe(200);
    expect(dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input.UpdateExpression).toMatch(/REMOVE #n\d+$/);
  });

  it.each([['title'], ['status'], ['priority']])('responds 400 to null for %s', async (field) => {
    const response = await api.patch(taskId, { [field]: null });

    expect(response.status).toBe(400);
    expect(response.body?.['errors']).toContainEqual({
      in: 'body',
      pointer: `/${field}`,
      detail: 'must be of type string',
    });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
