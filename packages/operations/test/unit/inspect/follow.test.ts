import { Failure } from '@app/command-line/failure';
import type { Span } from '@app/local-cloud/src/recorder/span.ts';
import { describe, expect, it } from '@jest/globals';
import { CloudNotUp } from '../../../src/inspect/cloudNotUp.ts';
import { followSpans } from '../../../src/inspect/traces/follow.ts';
import { spanOf } from '../../support/spans.ts';

type Connection = Error | { readonly names: readonly string[]; readonly breaks?: boolean };
const unreachable = () => new CloudNotUp('not up');
const refused = (): Connection => unreachable();

/** Follows through these connections, one after the other, until there are no more; their events are numbered from 1. */
const through = async (connections: readonly Connection[]) => {
  const stop = new AbortController();
  const asked: (string | undefined)[] = [];
  const seen: string[] = [];
  let lost = 0;
  let id = 0;
  const open = async (lastEventId?: string) => {
    const connection = connections[asked.length];
    if (!connection) stop.abort();
    else asked.push(lastEventId);
    if (connection instanceof Error) throw connection;
    return (async function* () {
      for (const name of connection?.names ?? []) {
        id += 1;
        yield `id: ${id}\nevent: span\ndata: ${JSON.stringify(spanOf({ name }))}\n\n`;
      }
      if (connection?.breaks) throw new TypeError('terminated');
    })();
  };
  const spans: AsyncIterable<Span> = followSpans({ open, signal: stop.signal, lost: () => (lost += 1), retryAfter: 1 });
  for await (const { name } of spans) seen.push(name);
  return { asked, seen, lost };
};

describe('following', () => {
  it('goes on behind the last event when a connection ends or breaks', async () => {
    const { asked, seen, lost } = await through([
      { names: ['a', 'b'] },
      { names: ['c'], breaks: true },
      { names: ['d'] },
    ]);

    expect(asked).toEqual([undefined, '2', '3']);
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
    expect(lost).toBe(0);
  });

  it('waits for the next cloud, and has all of it from its beginning', async () => {
    const { asked, seen, lost } = await through([{ names: ['a'] }, refused(), refused(), { names: ['b'] }]);

    expect(asked).toEqual([undefined, '1', '0', '0']);
    expect(seen).toEqual(['a', 'b']);
    expect(lost).toBe(1);
  });

  it('ends where the first connection cannot be had', async () => {
    await expect(through([refused()])).rejects.toThrow(CloudNotUp);
  });

  it('ends where the cloud refuses', async () => {
    const refusal = new Failure('Nothing is recorded');

    await expect(through([{ names: ['a'] }, refusal, { names: ['b'] }])).rejects.toBe(refusal);
  });
});
