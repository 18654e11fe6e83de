export interface ServerSentEvent {
  /** The last id that was sent, with this event or one before it. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Lines end in CR, LF or both; a CR at the end of a chunk may have its LF in the next. What no line end follows is dropped. */
const linesOf = async function* (chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
};

const fieldOf = (line: string) => {
  const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
  return { name, value };
};

/** Reads Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html) from text in chunks of any size. */
export const readEvents = async function* (chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const line of linesOf(chunks)) {
    const { name, value } = fieldOf(line);
    if (name === 'id') id = value;
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
    if (line !== '') continue;
    if (data.length > 0) yield { id, event: event || 'message', data: data.join('\n') };
    event = '';
    data = [];
  }
};
