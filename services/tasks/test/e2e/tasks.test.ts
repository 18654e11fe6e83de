import { callGateway } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';

describe('tasks, over HTTP', () => {
  it('are created where Location says, listed by status, changed and deleted', async () => {
    const created = await callGateway('/tasks', { method: 'POST', body: { title: 'Water the plants' } });
    const location = String(created.headers.get('location'));
    const read = await callGateway(location);
    const patched = await callGateway(location, {
      method: 'PATCH',
      body: { status: 'in-progress' },
    });
    const listed = await callGateway(`/tasks?status=in-progress&createdFrom=${String(created.body['createdAt'])}`);
    const deleted = await callGateway(location, { method: 'DELETE' });

    expect([created.status, read.status, patched.status, listed.status, deleted.status]).toEqual([
      201, 200, 200, 200, 200,
    ]);
    expect(location).toMatch(new RegExp(`^(/\\w+)?/tasks/${String(created.body['taskId'])}$`)); // a REST API's URL has its stage
    expect(listed.body['tasks']).toContainEqual(patched.body);
    expect(deleted.body).toEqual({ message: 'Task deleted', taskId: created.body['taskId'] });
    expect((await callGateway(location)).status).toBe(404);
  });

  it('are seeded', async () => {
    const { body } = await callGateway('/tasks?limit=100&createdTo=2026-06-30T23:59:59Z');

    expect((body['tasks'] as unknown[]).length).toBeGreaterThanOrEqual(36);
  });

  it('tell a preflight from an allowed origin what it may do, and another nothing', async () => {
    const preflight = (origin: string) =>
      callGateway('/tasks', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

    const [allowed, other] = [await preflight('http://localhost:5173'), await preflight('https://evil.example')];

    expect(allowed.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/If-Match/i);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});
