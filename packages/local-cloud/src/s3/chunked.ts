import { S3Error } from './s3Error.ts';

const longestLine = 4096;
const incomplete = () => new S3Error(400, 'IncompleteBody', 'The request body terminated unexpectedly.');

/** Reads a stream by lines and by counts of bytes. */
const createReader = (source: AsyncIterable<Buffer>) => {
  const chunks = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async () => {
    const { done, value } = await chunks.next();
    if (done) throw incomplete();
    return value;
  };
  return {
    async line(): Promise<string> {
      for (;;) {
        const end = rest.indexOf('\r\n');
        if (end !== -1) {
          const line = rest.subarray(0, end).toString('latin1');
          rest = rest.subarray(end + 2);
          return line;
        }
        if (rest.length > longestLine) throw incomplete();
        rest = Buffer.concat([rest, await more()]);
      }
    },
    async *bytes(count: number): AsyncGenerator<Buffer> {
      for (let left = count; left > 0; ) {
        if (rest.length === 0) rest = await more();
        const part = rest.subarray(0, left);
        rest = rest.subarray(part.length);
        left -= part.length;
        yield part;
      }
    },
    end: async () => void (await chunks.return?.()),
  };
};

const sizeOf = (line: string) => {
  const [, hex] = /^([\da-f]{1,8})(?:;.*)?$/i.exec(line) ?? [];
  if (hex === undefined) throw incomplete();
  return Number.parseInt(hex, 16);
};

/**
 * The bytes in a body of the content encoding aws-chunked; trailing headers go to `onTrailer`. Signatures of single chunks
 * are not verified, as everybody knows the secret key here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  onTrailer: (name: string, value: string) => void,
): AsyncGenerator<Buffer> {
  const reader = createReader(source);
  try {
    for (let size = sizeOf(await reader.line()); size > 0; size = sizeOf(await reader.line())) {
      yield* reader.bytes(size);
      if ((await reader.line()) !== '') throw incomplete();
    }
    for (let line = await reader.line(); line !== ''; line = await reader.line()) {
      const [name = '', ...value] = line.split(':');
      onTrailer(name.toLowerCase().trim(), value.join(':').trim());
    }
  } finally {
    await reader.end();
  }
}
