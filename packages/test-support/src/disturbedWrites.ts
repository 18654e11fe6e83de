import type { parsed } from './responses.ts';

type Answer = ReturnType<typeof parsed>;
type Headers = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

/** A service's API as its tests call it. */
interface Api {
  readonly create: (body: Body, headers?: Headers) => Promise<Answer>;
  readonly get: (id: string) => Promise<Answer>;
  readonly update: (id: string, body: Body, headers?: Headers) => Promise<Answer>;
  readonly patch: (id: string, body: Body, headers?: Headers) => Promise<Answer>;
  readonly remove: (id: string, headers?: Headers) => Promise<Answer>;
}

interface Subject {
  readonly api: Api;
  /** A new resource's fields, and changes of them; others at every call where they must differ. */
  readonly input: () => Body;
  readonly changes: () => Body;
  readonly resourceOf: (answer: Answer) => Body | undefined;
  readonly keyName: string;
  /** The status of a delete. */
  readonly deleted: number;
}

type Disturbed = <T>(work: () => Promise<T>) => Promise<T>;

/** What callers see of a write: its answer, and what is there afterwards. */
export interface Seen {
  readonly status: number;
  /** Whether the answer says that an earlier request did it. */
  readonly replayed: boolean;
  readonly version?: unknown;
  readonly statusAfter: number;
  readonly versionAfter?: unknown;
}

/** A write of an API, and what must be seen of it, whatever happens on its way. */
export interface DisturbedWrite {
  readonly write: (disturbed: Disturbed) => Promise<Seen>;
  readonly seen: Partial<Seen>;
}

/**
 * Every write of a service's resources, by its name. A write that is refused is among them: the answer that is lost may be
 * a refusal.
 */
export const disturbedWritesOf = (subject: Subject): readonly (readonly [string, DisturbedWrite])[] => {
  const { api, input, changes, resourceOf, keyName, deleted } = subject;
  const idOf = (answer: Answer) => String(resourceOf(answer)?.[keyName]);
  const aKey = () => ({ 'idempotency-key': crypto.randomUUID() });
  const ofETag = ({ headers }: Answer) => ({ 'if-match': String(headers['ETag']) });

  const see = async (answer: Answer, id: string): Promise<Seen> => {
    const after = await api.get(id);
    const version = resourceOf(answer)?.['version'];
    return {
      status: answer.status,
      replayed: answer.headers['Idempotency-Replayed'] === 'true',
      ...(version !== undefined && { version }),
      statusAfter: after.status,
      ...(after.status === 200 && { versionAfter: after.body?.['version'] }),
    };
  };

  const creating = (headersOf: () => Headers) => async (disturbed: Disturbed) => {
    const answer = await disturbed(() => api.create(input(), headersOf()));
    return see(answer, idOf(answer));
  };
  const onExisting =
    (write: (id: string, created: Answer) => Promise<Answer>, before = (_id: string) => Promise.resolve<unknown>(0)) =>
    async (disturbed: Disturbed) => {
      const created = await api.create(input());
      const id = idOf(created);
      await before(id);
      return see(await disturbed(() => write(id, created)), id);
    };
  const onNothing = (write: (id: string) => Promise<Answer>) => async (disturbed: Disturbed) => {
    const id = crypto.randomUUID();
    return see(await disturbed(() => write(id)), id);
  };
  const repeating = (change: () => Body) => async (disturbed: Disturbed) => {
    const [key, body] = [aKey(), input()];
    const id = idOf(await api.create(body, key));
    return see(await disturbed(() => api.create({ ...body, ...change() }, key)), id);
  };

  const isThere = { statusAfter: 200, replayed: false };
  const created = { status: 201, version: 1, versionAfter: 1, ...isThere };
  const updated = { status: 200, version: 2, versionAfter: 2, ...isThere };
  const isDeleted = { status: deleted, statusAfter: 404 };
  const stale = { status: 412, versionAfter: 2, ...isThere };

  return Object.entries<DisturbedWrite>({
    POST: { write: creating(() => ({})), seen: created },
    'POST with a key': { write: creating(aKey), seen: created },
    'POST under a key for the second time': { write: repeating(() => ({})), seen: { ...created, replayed: true } },
    'POST of something else under the same key': { write: repeating(changes), seen: { status: 422, versionAfter: 1 } },
    PUT: { write: onExisting((id) => api.update(id, changes())), seen: updated },
    'PUT with If-Match': { write: onExisting((id, now) => api.update(id, changes(), ofETag(now))), seen: updated },
    'PUT with If-Match of a state that is past': {
      write: onExisting(
        (id, now) => api.update(id, changes(), ofETag(now)),
        (id) => api.update(id, changes()),
      ),
      seen: stale,
    },
    'PUT to nothing': { write: onNothing((id) => api.update(id, changes())), seen: { status: 404, statusAfter: 404 } },
    PATCH: { write: onExisting((id) => api.patch(id, changes())), seen: updated },
    'PATCH with If-Match': { write: onExisting((id, now) => api.patch(id, changes(), ofETag(now))), seen: updated },
    DELETE: { write: onExisting((id) => api.remove(id)), seen: isDeleted },
    'DELETE with If-Match': { write: onExisting((id, now) => api.remove(id, ofETag(now))), seen: isDeleted },
    'DELETE with If-Match of a state that is past': {
      write: onExisting(
        (id, now) => api.remove(id, ofETag(now)),
        (id) => api.update(id, changes()),
      ),
      seen: stale,
    },
  });
};
