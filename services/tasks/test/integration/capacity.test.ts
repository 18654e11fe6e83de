import { documentClient } from '@app/dynamodb';
import { takeCapacity } from '@app/observability';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { createTaskRepository } from '../../src/taskRepository.ts';
import { anOwner } from '../support/tasksApi.ts';

const TableName = String(process.env['TASKS_TABLE']);
const tasks = createTaskRepository(documentClient, TableName);

const create = async (owner: string) => {
  const input = { title: 'Water the plants', status: 'pending', priority: 'medium' } as const;
  const { resource } = await tasks.create(owner, input, { id: crypto.randomUUID() });
  return resource;
};

/** What the work consumes, in capacity units. */
const consumed = async (work: () => Promise<unknown>) => {
  takeCapacity();
  await work();
  return takeCapacity();
};

/** Tasks of long ago, so that those of the test come first in every list. */
const fill = async (owner: string, count: number) => {
  const oldTask = (index: number) => ({
    taskId: crypto.randomUUID(),
    ownerId: owner,
    ownerStatus: `${owner}#pending`,
    createdAt: new Date(Date.UTC(2020, 0, 1) + index).toISOString(),
  });
  for (let from = 0; from < count; from += 25) {
    const puts = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: oldTask(from + index) } }));
    await documentClient.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
  }
};

describe('what a request consumes', () => {
  it('is half a unit for a get', async () => {
    const owner = anOwner();
    const { taskId } = await create(owner);

    expect(await consumed(() => tasks.get(owner, taskId))).toEqual({ read: 0.5, write: 0 });
  });

  it('is a row and its two index rows for a create, a change and a delete', async () => {
    const owner = anOwner();
    const { taskId } = await create(owner);

    expect(await consumed(() => create(owner))).toEqual({ read: 0, write: 3 });
    expect(await consumed(() => tasks.update(owner, taskId, { title: 'x' }))).toEqual({ read: 0, write: 3 });
    expect(await consumed(() => tasks.delete(owner, taskId))).toEqual({ read: 0, write: 3 });
  });

  it('is one more for a move to another status: out of one partition, into the other', async () => {
    const owner = anOwner();
    const { taskId } = await create(owner);

    expect(await consumed(() => tasks.update(owner, taskId, { status: 'completed' }))).toEqual({ read: 0, write: 4 });
  });

  it('is for a page what its rows cost, the same at few tasks and at many, on the first page and the next', async () => {
    const owner = anOwner();
    for (let count = 0; count < 30; count++) await create(owner);
    await fill(owner, 100);
    const pages = async () => {
      for (const list of [
        tasks.listNewestFirst.bind(undefined, owner, {}),
        tasks.listByStatus.bind(undefined, owner, 'pending', {}),
      ]) {
        const first = await list({ limit: 10 });
        await list({ limit: 10, after: first.lastKey });
      }
    };
    const few = await consumed(pages);

    await fill(owner, 2000);

    expect(await consumed(pages)).toEqual(few);
    expect(few).toEqual({ read: 4 * 0.5, write: 0 });
  });
});
