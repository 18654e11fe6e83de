/** Collects the JSON lines that a logger writes until `stop` is called; what is no such line is written as ever. */
export const collectLogLines = () => {
  const lines: Record<string, unknown>[] = [];
  const collected = (stream: NodeJS.WriteStream) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: Uint8Array | string) => {
      const text = String(chunk);
      if (!text.startsWith('{')) return write(chunk);
      lines.push(JSON.parse(text) as Record<string, unknown>);
      return true;
    };
    return () => {
      stream.write = write;
    };
  };
  const streams = [collected(process.stdout), collected(process.stderr)];
  return {
    lines,
    stop: () => {
      for (const restore of streams) restore();
    },
  };
};
