import { describe, expect, it } from '@jest/globals';
import { readEvents, type ServerSentEvent } from '../../../src/inspect/serverSentEvents.ts';

const read = async (chunks: readonly string[]) => {
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(
    (async function* () {
      yield* chunks;
    })(),
  ))
    events.push(event);
  return events;
};

const text =
  ': spans, as they end\n\nid: 7\nevent: span\ndata: {"a":1}\n\n: still here\n\nid: 8\nevent: span\ndata: ü\n\n';
const events = [
  { id: '7', event: 'span', data: '{"a":1}' },
  { id: '8', event: 'span', data: 'ü' },
];

describe('Server-Sent Events', () => {
  it.each(['\n', '\r\n', '\r'])('are read wherever chunks begin, with lines ending in %j', async (end) => {
    const whole = `${text.replaceAll('\n', end)}:${end}`;

    for (let cut = 0; cut <= whole.length; cut += 1)
      expect(await read([whole.slice(0, cut), whole.slice(cut)])).toEqual(events);
    expect(await read(Array.from(whole))).toEqual(events);
  });

  it('have their lines of data joined, and keep the last id but not the last kind', async () => {
    expect(await read(['id: 1\nevent: span\ndata: a\ndata:b\ndata\n\ndata: c\n\n'])).toEqual([
      { id: '1', event: 'span', data: 'a\nb\n' },
      { id: '1', event: 'message', data: 'c' },
    ]);
  });

  it('are none without data, or without the empty line behind them', async () => {
    expect(await read(['event: span\n\ndata: cut'])).toEqual([]);
  });
});
