import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { tasksApi } from '../support/tasksApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = tasksApi('ada');
const times = (count: number, value: string) => Array.from({ length: count }, () => value);
const text = (length: number) => '𝄞'.repeat(length); // code points, not UTF-16 units

const written = () => dynamodb.commandCalls(PutCommand)[0]?.args[0].input.Item;

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(PutCommand).resolves({});
});

describe('POST /tasks', () => {
  it('responds 201 with the task, pending and of medium priority, and shows nothing that is internal', async () => {
    const response = await api.create({ title: 'Water the plants' });

    const { taskId, createdAt } = response.body ?? {};
    expect(response).toMatchObject({
      status: 201,
      headers: { Location: `/dev/tasks/${String(taskId)}`, ETag: expect.stringMatching(/^"1-/) },
    });
    expect(response.body).toEqual({
      taskId,
      title: 'Water the plants',
      status: 'pending',
      priority: 'medium',
      version: 1,
      createdAt,
      updatedAt: createdAt,
    });
  });

  it('writes owner and status as one, for the index', async () => {
    await api.create({ title: 'Water the plants', status: 'in-progress' });

    expect(written()).toMatchObject({ ownerId: 'ada', ownerStatus: 'ada#in-progress', status: 'in-progress' });
  });

  it('keeps a due date in UTC', async () => {
    const { body } = await api.create({ title: 'x', dueDate: '2030-01-01T01:30:00+01:30' });

    expect(body).toMatchObject({ dueDate: '2030-01-01T00:00:00.000Z' });
  });

  it.each([
    ['a title of 1', { title: text(1) }],
    ['a title of 200', { title: text(200) }],
    ['an empty description', { description: '' }],
    ['a description of 5,000', { description: text(5000) }],
    ['every status', { status: 'cancelled' }],
    ['every priority', { priority: 'urgent' }],
    ['a due date that is past', { dueDate: '2020-02-29T00:00:00.000Z' }],
    ['no tags', { tags: [] }],
    ['20 tags', { tags: times(20, 'a') }],
    ['a tag of 50', { tags: [text(50)] }],
  ])('takes %s', async (_case, field) => {
    const response = await api.create({ title: 'x', ...field });

    expect(response).toMatchObject({ status: 201, body: field });
  });

  it.each([
    ['no title', { title: undefined }, '/title', 'is required'],
    ['an empty title', { title: '' }, '/title', 'must have at least 1 character'],
    ['a title of 201', { title: text(201) }, '/title', 'must have no more than 200 characters'],
    ['a description of 5,001', { description: text(5001) }, '/description', 'must have no more than 5000 characters'],
    ['another status', { status: 'done' }, '/status', 'must be one of pending, in-progress, completed, cancelled'],
    ['another priority', { priority: 'asap' }, '/priority', 'must be one of low, medium, high, urgent'],
    ['31 February', { dueDate: '2030-02-31T00:00:00Z' }, '/dueDate', 'must be a valid date-time'],
    ['a date without a time', { dueDate: '2030-02-01' }, '/dueDate', 'must be a valid date-time'],
    ['a date in words', { dueDate: 'tomorrow' }, '/dueDate', 'must be a valid date-time'],
    ['21 tags', { tags: times(21, 'a') }, '/tags', 'must have no more than 20 items'],
    ['an empty tag', { tags: ['a', ''] }, '/tags/1', 'must have at least 1 character'],
    ['a tag of 51', { tags: [text(51)] }, '/tags/0', 'must have no more than 50 characters'],
    ['a tag that is no text', { tags: [1] }, '/tags/0', 'must be of type string'],
    ['tags that are no list', { tags: 'a' }, '/tags', 'must be of type array'],
    ['an unknown field', { owner: 'eve' }, '/owner', 'is not known'],
  ])('responds 400 to %s, and writes nothing', async (_case, field, pointer, detail) => {
    const response = await api.create({ title: 'x', ...field });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer, detail }] });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
