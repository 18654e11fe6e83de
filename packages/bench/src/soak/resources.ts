import { randomUUID } from 'node:crypto';
import { type Answered, type Client, newKey } from './client.ts';
import type { Findings } from './findings.ts';

/** A service of plain resources, and how to make and change one. */
interface Kind {
  readonly path: string;
  readonly key: string;
  readonly input: (mark: string) => object;
  readonly changes: (mark: string) => object;
  readonly markOf: (resource: Answered['body']) => unknown;
}

export const kinds: readonly Kind[] = [
  {
    path: '/notes',
    key: 'id',
    input: (mark) => ({ title: mark, content: 'soak' }),
    changes: (mark) => ({ title: mark }),
    markOf: ({ title }) => title,
  },
  {
    path: '/users',
    key: 'userId',
    input: (mark) => ({ name: mark, email: `${mark}@example.com` }),
    changes: (mark) => ({ name: mark }),
    markOf: ({ name }) => name,
  },
  {
    path: '/tasks',
    key: 'taskId',
    input: (mark) => ({ title: mark }),
    changes: (mark) => ({ title: mark }),
    markOf: ({ title }) => title,
  },
];

/** What is known of one resource: nobody but its actor changes it. */
interface Known {
  readonly id: string;
  /** What its last acknowledged write made of it; undefined once it is deleted. */
  mark: string | undefined;
  version: number;
}

/** Compares what is there with what is known. */
const judge = (kind: Kind, { id, mark, version }: Known, answer: Answered, findings: Findings) => {
  const name = `${kind.path}/${id}`;
  if (mark === undefined) {
    if (answer.status !== 404) findings.wrong.push(`${name} was deleted, and is a ${answer.status}`);
    return;
  }
  if (answer.status !== 200) {
    findings.lost.push(`${name} is a ${answer.status}, not ${mark}`);
    return;
  }
  const seen = Number(answer.body['version']);
  if (seen < version) findings.lost.push(`${name} is at version ${seen}, not ${version}`);
  if (seen > version) findings.doubled.push(`${name} is at version ${seen}, not ${version}`);
  if (seen === version && kind.markOf(answer.body) !== mark)
    findings.wrong.push(`${name} is not what was written last`);
};

/**
 * Makes, changes and deletes resources of one kind, one after another, until it is over; each write is sent until it is
 * answered. Resolves to the judge of all of them.
 */
export const workOnResources = async (
  kind: Kind,
  client: Client,
  { isOver, findings }: { isOver: () => boolean; findings: Findings },
) => {
  const all: Known[] = [];

  /** The end came before an answer: nothing is known of it. */
  const forget = (known: Known) => {
    all.splice(all.indexOf(known), 1);
  };

  const create = async (): Promise<Known | undefined> => {
    const mark = randomUUID();
    const answer = await client.until({ method: 'POST', path: kind.path, body: kind.input(mark), headers: newKey() });
    if (!answer) return undefined;
    if (answer.status !== 201) {
      findings.wrong.push(`POST ${kind.path} is a ${answer.status}`);
      return undefined;
    }
    const known = { id: String(answer.body[kind.key]), mark, version: 1 };
    all.push(known);
    return known;
  };

  /** A change under If-Match: sent again, it is a 412 where the first one got through and its answer did not. */
  const change = async (known: Known) => {
    const path = `${kind.path}/${known.id}`;
    const before = await client.until({ method: 'GET', path });
    const etag = before?.headers.get('etag');
    if (!before || !etag) return;
    judge(kind, known, before, findings);
    const mark = randomUUID();
    const put = { method: 'PUT', path, body: kind.changes(mark), headers: { 'if-match': etag } };
    const first = await client.once(put);
    const answer = first ?? (await client.until(put));
    if (!answer) return forget(known);
    const isRetried = first === undefined;
    if (answer.status !== 200 && !(isRetried && answer.status === 412))
      findings.wrong.push(`PUT ${path} is a ${answer.status} ${isRetried ? 'on a retry' : 'at once'}`);
    known.mark = mark;
    known.version += 1;
  };

  const remove = async (known: Known) => {
    const path = `${kind.path}/${known.id}`;
    const first = await client.once({ method: 'DELETE', path });
    const answer = first ?? (await client.until({ method: 'DELETE', path }));
    if (!answer) return forget(known);
    if (first && first.status >= 400) findings.wrong.push(`DELETE ${path} is a ${first.status} at once`);
    known.mark = undefined;
  };

  while (!isOver()) {
    const known = await create();
    if (!known) continue;
    for (let changes = 0; changes < 4 && all.includes(known); changes += 1) await change(known);
    if (all.includes(known) && Math.random() < 0.3) await remove(known);
  }
  return async (reader: Client) => {
    for (const known of all) {
      const answer = await reader.until({ method: 'GET', path: `${kind.path}/${known.id}` });
      if (answer) judge(kind, known, answer, findings);
      else findings.lost.push(`${kind.path}/${known.id} cannot be read`);
    }
    return all.length;
  };
};
