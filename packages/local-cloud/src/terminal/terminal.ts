import type { Paint } from '@app/command-line/colour';
import type { Printed, Recorder } from '../recorder/recorder.ts';
import { lineOf, markOf } from './lines.ts';
import { isClosing, type LogLine, readLogLine } from './logLines.ts';

/** `lines` for people, `json` for programs, `quiet` for who wants to hear of problems only. */
export type Mode = 'lines' | 'json' | 'quiet';

export interface TerminalOptions {
  readonly mode: Mode;
  readonly paint: Paint;
  readonly write: (text: string) => void;
  /** Resolves a stack's places in built files to those in the sources. */
  readonly resolveStack: (stack: string) => Promise<string>;
}

const indent = (text: string, by: string) => text.replaceAll(/^/gm, by);

const ofDependency = /^\s+at .*(?:node_modules|node:internal)/;

/** A stack without the frames of dependencies; `--json` has them all. */
const ownFrames = (stack: string): string => {
  const lines = stack.split('\n');
  const own = lines.filter((line) => !ofDependency.test(line));
  return own.some((line) => /^\s+at /.test(line)) ? own.join('\n') : stack;
};

const isBad = ({ level }: LogLine) => /^(?:warn|error|critical|fatal)/i.test(level);

const inShort = (details: LogLine['details']) =>
  Object.keys(details).length === 0 ? '' : ` ${JSON.stringify(details)}`;

/** What the terminal shows of all that happens. */
export const createTerminal = ({ mode, paint, write, resolveStack }: TerminalOptions) => {
  const line = (text: string) => write(`${text}\n`);

  const showStack = (stack: string) => {
    resolveStack(stack).then(
      (resolved) => line(paint('red', indent(ownFrames(resolved), '    '))),
      () => line(paint('red', indent(stack, '    '))),
    );
  };
  const showLog = ({ service, key }: Printed, log: LogLine) => {
    const { level, message, details, stack } = log;
    if (!isClosing(log)) {
      const style = isBad(log) ? 'yellow' : 'dim';
      line(`${markOf(service, key, paint)} ${paint(style, level)} ${message}${inShort(details)}`);
    }
    if (stack !== undefined && isBad(log)) showStack(stack);
  };
  const showPrinted = (printed: Printed) => {
    for (const text of printed.text.split('\n').filter(Boolean)) {
      const log = readLogLine(text);
      if (log) showLog(printed, log);
      else line(`${markOf(printed.service, printed.key, paint)} ${text}`);
    }
  };
  /** Each line is JSON: a function's own, or one made of what it printed. */
  const passPrinted = ({ service, key, text }: Printed) => {
    for (const each of text.split('\n').filter(Boolean))
      line(readLogLine(each) ? each : JSON.stringify({ level: 'INFO', message: each, function: `${service}:${key}` }));
  };

  return {
    mode,
    /** Has the terminal show what the recorder hears. */
    attach: (recorder: Recorder): void => {
      if (mode === 'quiet') return;
      recorder.onPrinted(mode === 'json' ? passPrinted : showPrinted);
      if (mode === 'json') return;
      recorder.follow(({ span }) => {
        const text = lineOf(span, paint);
        if (text !== undefined) line(text);
      });
    },
    /** Says something of the local cloud's own. A stack in it is shown by its places in the sources. */
    say: (message: string, details: object = {}): void => {
      if (mode === 'json') line(JSON.stringify({ level: 'INFO', message, service: 'local-cloud', ...details }));
      else if (/^\s+at /m.test(message)) void resolveStack(message).then(line, () => line(message));
      else line(message);
    },
  };
};

export type Terminal = ReturnType<typeof createTerminal>;
