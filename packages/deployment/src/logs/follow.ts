import { setTimeout as sleep } from 'node:timers/promises';
import type { LogEvent } from './readLogs.ts';

interface Follow {
  readonly read: (startTime: number) => Promise<LogEvent[]>;
  readonly since: number;
  readonly signal: AbortSignal;
  readonly pauseMs?: number;
}

/** CloudWatch Logs takes in a line up to some seconds after others that are younger. */
const overlap = 10_000; // ms

/** Lines as they come, each once. Ends when the signal is aborted. */
export async function* followLogs({ read, since, signal, pauseMs = 2000 }: Follow): AsyncGenerator<LogEvent> {
  let seen = new Map<string, number>();
  let from = since;
  while (!signal.aborted) {
    for (const event of await read(from)) {
      if (seen.has(event.id)) continue;
      seen.set(event.id, event.timestamp);
      yield event;
    }
    const newest = Math.max(from, ...seen.values());
    from = Math.max(since, newest - overlap);
    seen = new Map([...seen].filter(([, timestamp]) => timestamp >= from));
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
