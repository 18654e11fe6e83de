import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

interface Kept {
  readonly stream: string;
  /** The last record that was dealt with, by shard. */
  readonly shards: Record<string, string>;
}

/** Where a consumer stands in a stream, in a file: what was not delivered before a stop is after the next start. */
export const openCheckpoints = (file: string, stream: string) => {
  const read = (): Kept => {
    try {
      const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
      if (kept.stream === stream) return kept;
    } catch {
      // none yet
    }
    return { stream, shards: {} };
  };
  const kept = read();
  return {
    get: (shard: string): string | undefined => kept.shards[shard],
    set: (shard: string, sequenceNumber: string) => {
      kept.shards[shard] = sequenceNumber;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(kept));
    },
  };
};

export type Checkpoints = ReturnType<typeof openCheckpoints>;
