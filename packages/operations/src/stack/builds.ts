import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';
import { join } from 'node:path';

export interface Origin {
  readonly source: string;
  /** From 1, both. */
  readonly line: number;
  readonly column: number;
  /** The original name of what stands at exactly this place, if packaging gave it another. */
  readonly name: string | undefined;
}

/** A function's bundle, as it was packaged, with its source map. Lines and columns count from 1. */
export interface Build {
  /** Whose build it is, for the reader. */
  readonly about: string;
  /** The bundle's text from a place to the end of the line; undefined where there is no such place. */
  readonly codeAt: (line: number, column: number) => string | undefined;
  /** Whether V8 could name this place: it never points into a word. A trace of another build soon does. */
  readonly canHold: (line: number, column: number) => boolean;
  readonly originOf: (line: number, column: number) => Origin | undefined;
}

type Payload = SourceMapPayload & { readonly x_build?: { readonly commit?: string; readonly packagedAt?: string } };

type Entry = SourceMapping & { readonly name?: string };

const describe = (folder: string, service: string, { x_build: { packagedAt, commit } = {} }: Payload) =>
  `${service}: ${folder}, packaged ${packagedAt ?? 'at an unknown time'} from ${commit ?? 'an unknown commit'}`;

/** The build of a service's bundle that a folder of source maps holds; undefined if it holds none. */
export const readBuild = (folder: string, service: string, bundle: string): Build | undefined => {
  const file = join(folder, service, bundle);
  if (!existsSync(`${file}.map`) || !existsSync(file)) return undefined;
  const payload = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as Payload;
  const map = new SourceMap(payload);
  const lines = readFileSync(file, 'utf8').split('\n');

  const codeAt = (line: number, column: number) => {
    const text = lines[line - 1];
    return text !== undefined && column >= 1 && column <= text.length ? text.slice(column - 1) : undefined;
  };
  return {
    about: describe(folder, service, payload),
    codeAt,
    canHold: (line, column) => {
      const before = lines[line - 1]?.[column - 2] ?? '';
      const code = codeAt(line, column);
      return code !== undefined && !/^[\w$]{2}/.test(`${before}${code[0]}`);
    },
    originOf: (line, column) => {
      const entry = map.findEntry(line - 1, column - 1) as Partial<Entry>; // the nearest before it
      if (entry.originalSource === undefined) return undefined;
      const { originalSource, originalLine = 0, originalColumn = 0, generatedColumn, name } = entry;
      const isHere = generatedColumn === column - 1;
      const source = decodeURIComponent(originalSource); // it is a URL
      return { source, line: originalLine + 1, column: originalColumn + 1, name: isHere ? name : undefined };
    },
  };
};
