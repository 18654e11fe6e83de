import { nextMillisecond } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { anOwner, tasksApi } from '../support/tasksApi.ts';

interface Listed {
  readonly tasks: { taskId: string; title: string; createdAt: string }[];
  readonly nextCursor?: string;
}

const ofOwner = (owner = anOwner()) => {
  const api = tasksApi(owner);
  const create = async (fields: object = {}) => {
    const { body = {}, headers } = await api.create({ title: 'Water the plants', ...fields });
    const { taskId, createdAt } = body as { taskId: string; createdAt: string };
    return { ...body, taskId, createdAt, etag: String(headers['ETag']) };
  };
  const page = async (query: string) => (await api.list(query)).body as unknown as Listed;
  const ids = async (query = '') => (await page(query)).tasks.map(({ taskId }) => taskId);
  return { ...api, create, page, ids };
};

describe('a task’s life', () => {
  it('is created, read, changed, patched and deleted', async () => {
    const owner = ofOwner();
    const { taskId, etag, ...created } = await owner.create({ description: 'All', tags: ['home'], priority: 'low' });

    const read = await owner.get(taskId);
    const unchanged = await owner.get(taskId, { 'if-none-match': etag });
    const changed = await owner.update(taskId, { title: 'Feed the cat', status: 'completed' }, { 'if-match': etag });
    const stale = await owner.update(taskId, { title: 'x' }, { 'if-match': etag });
    const patched = await owner.patch(taskId, { description: null, tags: ['cat', 'home'] });
    const staleDelete = await owner.remove(taskId, { 'if-match': etag });
    const deleted = await owner.remove(taskId);

    expect(read).toMatchObject({ status: 200, body: { taskId, ...created } });
    expect(unchanged).toMatchObject({ status: 304, body: undefined });
    expect(changed).toMatchObject({ status: 200, body: { title: 'Feed the cat', status: 'completed', version: 2 } });
    expect([stale.status, staleDelete.status]).toEqual([412, 412]);
    expect(patched.body).toMatchObject({ tags: ['cat', 'home'], version: 3 });
    expect(patched.body).not.toHaveProperty('description');
    expect(deleted).toMatchObject({ status: 200, body: { message: 'Task deleted', taskId } });
    expect([(await owner.get(taskId)).status, (await owner.remove(taskId)).status]).toEqual([404, 404]);
  });

  it('is its owner’s alone', async () => {
    const { taskId } = await ofOwner().create();
    const other = ofOwner();

    const statuses = [
      await other.get(taskId),
      await other.update(taskId, { title: 'Mine' }),
      await other.remove(taskId),
    ].map(({ status }) => status);

    expect(statuses).toEqual([404, 404, 404]);
    expect(await other.ids()).toEqual([]);
  });

  it('begins once under one Idempotency-Key', async () => {
    const api = tasksApi(anOwner());
    const headers = { 'idempotency-key': 'one' };

    const first = await api.create({ title: 'x' }, headers);
    await api.update(String(first.body?.['taskId']), { status: 'completed' });
    const again = await api.create({ title: 'x' }, headers);
    const other = await api.create({ title: 'x', status: 'pending' }, headers); // the body as sent is another

    expect(again).toMatchObject({
      status: 201,
      headers: { 'Idempotency-Replayed': 'true' },
      body: { taskId: first.body?.['taskId'], status: 'completed' },
    });
    expect(other.status).toBe(422);
  });
});

describe('moving between statuses', () => {
  it('takes the task from one list to the other, each time', async () => {
    const owner = ofOwner();
    const [mover, stayer] = [await owner.create(), await owner.create()];

    for (const status of ['in-progress', 'completed', 'cancelled', 'pending', 'completed']) {
      await owner.update(mover.taskId, { status });

      const lists = await Promise.all(
        ['pending', 'in-progress', 'completed', 'cancelled'].map((each) => owner.ids(`status=${each}`)),
      );
      expect(lists.flat().filter((id) => id === mover.taskId)).toHaveLength(1);
      expect(await owner.ids(`status=${status}`)).toContain(mover.taskId);
      expect(await owner.ids('status=pending')).toContain(stayer.taskId);
    }
    expect(await owner.ids()).toHaveLength(2);
  });

  it('leaves the list of a status when it is deleted', async () => {
    const owner = ofOwner();
    const { taskId } = await owner.create({ status: 'completed' });

    await owner.remove(taskId);

    expect(await owner.ids('status=completed')).toEqual([]);
  });
});

describe('GET /tasks', () => {
  const sixTasks = async () => {
    const owner = ofOwner();
    const made: { taskId: string; createdAt: string }[] = [];
    for (let index = 0; index < 6; index++) {
      made.push(await owner.create({ status: index % 2 ? 'completed' : 'pending' }));
      await nextMillisecond();
    }
    return { owner, made: made.toReversed() };
  };

  it('lists newest first, page by page, with and without a status', async () => {
    const { owner, made } = await sixTasks();
    const expected = made.map(({ taskId }) => taskId);

    const everyPage = async (filter: string) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { tasks, nextCursor } = await owner.page(`limit=2${filter}${cursor ? `&cursor=${cursor}` : ''}`);
        seen.push(...tasks.map(({ taskId }) => taskId));
        cursor = nextCursor;
      } while (cursor);
      return seen;
    };

    expect(await everyPage('')).toEqual(expected);
    expect(await everyPage('&status=completed')).toEqual(expected.filter((_id, index) => index % 2 === 0));
  });

  it('takes both bounds as inclusive, whatever their offset', async () => {
    const { owner, made } = await sixTasks();
    const [newest, second, , , fifth] = made;
    const inParis = (time = '') =>
      encodeURIComponent(new Date(Date.parse(time) + 3_600_000).toISOString().replace('Z', '+01:00'));
    const range = `createdFrom=${inParis(fifth?.createdAt)}&createdTo=${inParis(second?.createdAt)}`;

    expect(await owner.ids(range)).toEqual(made.slice(1, 5).map(({ taskId }) => taskId));
    expect(await owner.ids(`${range}&status=completed`)).toEqual([made[2], made[4]].map((task) => task?.taskId));
    expect(await owner.ids(`createdFrom=${newest?.createdAt}`)).toEqual([newest?.taskId]);
    expect(await owner.ids(`createdTo=${made[5]?.createdAt}`)).toEqual([made[5]?.taskId]);
    const moment = `createdFrom=${second?.createdAt}&createdTo=${second?.createdAt}`;
    expect(await owner.ids(moment)).toEqual([second?.taskId]);
  });

  it('keeps the bounds from page to page, and ends where they end', async () => {
    const { owner, made } = await sixTasks();
    const range = `createdFrom=${made[4]?.createdAt}&createdTo=${made[1]?.createdAt}`;

    const first = await owner.page(`${range}&limit=3`);
    const second = await owner.page(`${range}&limit=3&cursor=${first.nextCursor}`);
    const other = await owner.list(`createdFrom=${made[5]?.createdAt}&limit=3&cursor=${first.nextCursor}`);

    expect([...first.tasks, ...second.tasks].map(({ taskId }) => taskId)).toEqual(
      made.slice(1, 5).map(({ taskId }) => taskId),
    );
    expect(second.nextCursor).toBeUndefined();
    expect(other).toMatchObject({ status: 400, body: { errors: [{ pointer: '/cursor' }] } });
  });
});
