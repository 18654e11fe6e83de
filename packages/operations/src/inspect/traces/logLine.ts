import type { Paint } from '@app/command-line/colour';
import { readLogLine } from '@app/local-cloud/src/terminal/logLines.ts';

const longest = 80; // characters of a member's value

const textOf = (value: unknown) => {
  const text = typeof value === 'string' && /^[\w./:{}-]+$/.test(value) ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const painted = (level: string, text: string, paint: Paint) => {
  if (level === 'ERROR' || level === 'CRITICAL') return paint('red', text);
  return level === 'WARN' ? paint('yellow', text) : text;
};

/** As many members as there is room for. */
const membersIn = (details: Readonly<Record<string, unknown>>, room: number) => {
  let text = '';
  for (const [name, value] of Object.entries(details)) {
    const member = `${name}=${textOf(value)}`;
    if (text.length + 1 + member.length > room) return `${text} …`;
    text += ` ${member}`;
  }
  return text;
};

/**
 * A line that a function printed. A JSON log line becomes its level, its message and, as far as there is room, the members
 * that not every line has, with the stack of its error below; any other stays as it is.
 */
export const renderLogLine = (text: string, { paint, room = Infinity }: { paint: Paint; room?: number }): string[] => {
  const line = readLogLine(text);
  if (!line) return [text];
  const { level, message, details, stack } = line;
  const members = membersIn(details, room - level.length - 1 - message.length);
  return [`${painted(level, level, paint)} ${message}${paint('dim', members)}`, ...(stack?.split('\n') ?? [])];
};
