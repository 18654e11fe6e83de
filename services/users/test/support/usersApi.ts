import { lambdaContext, parsed, restApiEvent, type TestRequest } from '@app/test-support';

type Headers = Readonly<Record<string, string>>;

const handlers = async () => {
  const [create, get, list, update, remove] = await Promise.all([
    import('../../src/handlers/createUser.ts'),
    import('../../src/handlers/getUser.ts'),
    import('../../src/handlers/listUsers.ts'),
    import('../../src/handlers/updateUser.ts'),
    import('../../src/handlers/deleteUser.ts'),
  ]);
  return {
    create: create.handler,
    get: get.handler,
    list: list.handler,
    update: update.handler,
    remove: remove.handler,
  };
};

/** The service's functions, called as the gateway would. `table` is another than the environment names. */
export const usersApi = async (table = process.env['USERS_TABLE']) => {
  process.env['USERS_TABLE'] = table;
  const { create, get, list, update, remove } = await handlers();
  const call = async (handler: typeof create, request: TestRequest) =>
    parsed(await handler(restApiEvent(request), lambdaContext()));
  const one = (userId: string) => ({ path: `/users/${userId}`, params: { userId } });
  return {
    create: (body: unknown, headers: Headers = {}) => call(create, { method: 'POST', path: '/users', body, headers }),
    get: (userId: string, headers: Headers = {}) => call(get, { ...one(userId), headers }),
    list: (query = '') => call(list, { path: '/users', query }),
    update: (userId: string, body: unknown, headers: Headers = {}) =>
      call(update, { method: 'PUT', ...one(userId), body, headers }),
    patch: (userId: string, body: unknown, headers: Headers = {}) =>
      call(update, { method: 'PATCH', ...one(userId), body, headers }),
    remove: (userId: string, headers: Headers = {}) => call(remove, { method: 'DELETE', ...one(userId), headers }),
  };
};

/** An address that no other test has. */
export const anEmail = () => `${crypto.randomUUID()}@example.com`;

export const soon = (milliseconds = 60_000) => new Date(Date.now() + milliseconds).toISOString();
