import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

interface Kept {
  readonly stream: string;
  /** The last record that was dealt with, by shard. */
  readonly shards: Readonly<Record<string, string>>;
}

const isKept = (value: unknown): value is Kept => {
  const shards = (value as Partial<Kept> | null)?.shards;
  return typeof shards === 'object' && shards !== null;
};

/** Where a consumer stands in a stream, in a file: what was not delivered before a stop is after the next start. */
export const openCheckpoints = (file: string, stream: string) => {
  const read = (): Kept => {
    try {
      const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (isKept(kept) && kept.stream === stream) return kept;
    } catch {
      // none yet
    }
    return { stream, shards: {} };
  };
  let kept = read();
  return {
    get: (shard: string): string | undefined => kept.shards[shard],
    /** Throws when it cannot be written; nothing is passed then. A process that dies meanwhile leaves the file whole. */
    set: (shard: string, sequenceNumber: string) => {
      const next = { stream, shards: { ...kept.shards, [shard]: sequenceNumber } };
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.next`, JSON.stringify(next));
      renameSync(`${file}.next`, file);
      kept = next;
    },
  };
};

export type Checkpoints = ReturnType<typeof openCheckpoints>;
