import { lambdaContext, parsed, restApiEvent, type TestRequest } from '@app/test-support';
import { handler as create } from '../../src/handlers/createTask.ts';
import { handler as remove } from '../../src/handlers/deleteTask.ts';
import { handler as get } from '../../src/handlers/getTask.ts';
import { handler as list } from '../../src/handlers/listTasks.ts';
import { handler as update } from '../../src/handlers/updateTask.ts';

type Headers = Readonly<Record<string, string>>;

/** The service's functions, called as the gateway would, on behalf of an owner. */
export const tasksApi = (subject: string) => {
  const call = async (handler: typeof create, request: TestRequest) =>
    parsed(await handler(restApiEvent({ subject, ...request }), lambdaContext()));
  const one = (taskId: string) => ({ path: `/tasks/${taskId}`, params: { taskId } });
  return {
    create: (body: unknown, headers: Headers = {}) => call(create, { method: 'POST', path: '/tasks', body, headers }),
    get: (taskId: string, headers: Headers = {}) => call(get, { ...one(taskId), headers }),
    list: (query = '') => call(list, { path: '/tasks', query }),
    update: (taskId: string, body: unknown, headers: Headers = {}) =>
      call(update, { method: 'PUT', ...one(taskId), body, headers }),
    patch: (taskId: string, body: unknown, headers: Headers = {}) =>
      call(update, { method: 'PATCH', ...one(taskId), body, headers }),
    remove: (taskId: string, headers: Headers = {}) => call(remove, { method: 'DELETE', ...one(taskId), headers }),
  };
};

/** Someone whose tasks no other test sees. */
export const anOwner = () => `owner-${crypto.randomUUID()}`;
