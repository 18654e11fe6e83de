import { join } from 'node:path';
import { types } from 'node:util';

interface Where {
  /** The data folder. */
  readonly data: string;
}

interface Fault {
  /** Of what the system says: the code of an error, or words of an engine's last lines. */
  readonly code: RegExp;
  readonly words: RegExp;
  readonly explain: (file: string) => string;
}

const elsewhere = 'npm start -- --data <folder>';

const faults: readonly Fault[] = [
  {
    code: /^(ENOSPC|EDQUOT|SQLITE_FULL)$/,
    words: /database or disk is full|no space left|quota exceeded/i,
    explain: (file) => `The disk of ${file} is full. Free some space, or keep the data on another disk: ${elsewhere}`,
  },
  {
    code: /^(EROFS|EACCES|EPERM|SQLITE_READONLY|SQLITE_PERM)$/,
    words: /readonly database|read-only file system|permission denied|access permission denied/i,
    explain: (file) =>
      `${file} cannot be written: its disk is read-only or belongs to another user. Keep the data where you may write: ${elsewhere}`,
  },
  {
    code: /^(ENOTDIR|EEXIST|EISDIR|ELOOP)$/,
    words: /not a directory/i,
    explain: (file) =>
      `${file} is in the way: a file where a folder must be, or the reverse. Move it, or name another folder: ${elsewhere}`,
  },
  {
    code: /^(SQLITE_CORRUPT|SQLITE_NOTADB)$/,
    words: /not a database|not a valid SQLite database|malformed|unsupported file format/i,
    explain: (file) =>
      `${file} is damaged. Start without the data: npm start -- --fresh   or keep it and start with other data: ${elsewhere}`,
  },
  {
    code: /^(EMFILE|ENFILE)$/,
    words: /too many open files/i,
    explain: (file) => `${file} could not be opened: this process may not open more files. Allow more: ulimit -n 4096`,
  },
  {
    code: /^(EIO|SQLITE_IOERR|SQLITE_CANTOPEN|SQLITE_NOLFS|ENOLCK|ENOTSUP)$/,
    words: /disk I\/O error|input\/output error|unable to open database file/i,
    explain: (file) =>
      `${file} cannot be opened or locked, as on some network disks. Keep the data on a local disk: ${elsewhere}   or, if the file is damaged, start without it: npm start -- --fresh`,
  },
];

/** https://sqlite.org/rescode.html: the primary result code is the last byte. */
const sqliteCodes: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  22: 'SQLITE_NOLFS',
  26: 'SQLITE_NOTADB',
};

interface SystemError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly errcode?: number;
}

/** Not about files: a port that may not be listened on, a watch that the system has none left for. */
const otherCalls = /^(listen|bind|connect|accept|watch|getaddrinfo|kill|spawn.*)$/;

const explainError = (error: SystemError, { data }: Where): string | undefined => {
  const { code = '', syscall = '', path = data, errcode, cause } = error;
  const name = errcode === undefined ? code : (sqliteCodes[errcode & 0xff] ?? '');
  const fault = otherCalls.test(syscall) ? undefined : faults.find((each) => each.code.test(name));
  if (fault) return `${fault.explain(path)}\n(${error.message})`;
  return types.isNativeError(cause) ? explainError(cause, { data }) : undefined;
};

/** The file that the lines name, else the engine's own. */
const fileIn = (lines: string, data: string) => {
  const start = lines.indexOf(data);
  return start < 0 ? join(data, 'dynamodb/dynamodb.sqlite') : lines.slice(start).split(/['"\n:]/, 1)[0];
};

/**
 * What keeps the data from being read or written, with the file's name and what to do about it, from an error or from an
 * engine's last lines. Undefined when it is something else.
 */
export const explain = (failure: unknown, { data }: Where): string | undefined => {
  if (types.isNativeError(failure)) return explainError(failure, { data });
  const lines = String(failure);
  const fault = faults.find(({ words }) => words.test(lines));
  return fault && `${fault.explain(fileIn(lines, data) ?? data)}\n(${lines.trim()})`;
};
