import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../src/data/explain.ts';

const data = '/home/me/app/.local';

const failure = (code: string, properties: object = {}) =>
  Object.assign(new Error(`${code}: as the system says`), { code, ...properties });
const sqlite = (errcode: number) => failure('ERR_SQLITE_ERROR', { errcode });

const full = /is full\. Free some space, .* npm start -- --data <folder>/;
const unwritable = /cannot be written: .* npm start -- --data <folder>/;
const inTheWay = /is in the way: .* npm start -- --data <folder>/;
const damaged = /is damaged\. .* npm start -- --fresh .* npm start -- --data <folder>/;
const files = /may not open more files\. .* ulimit -n 4096/;
const disk = /cannot be opened or locked.* npm start -- --data <folder>.* npm start -- --fresh/;

describe('explain, of an error', () => {
  it.each<[what: string, error: Error, advice: RegExp, file: string]>([
    ['ENOSPC of a write, which has no path', failure('ENOSPC', { syscall: 'write' }), full, data],
    ['ENOSPC of mkdir', failure('ENOSPC', { syscall: 'mkdir', path: `${data}/s3` }), full, `${data}/s3`],
    ['EDQUOT', failure('EDQUOT', { syscall: 'open', path: `${data}/x` }), full, `${data}/x`],
    ['EROFS', failure('EROFS', { syscall: 'mkdir', path: data }), unwritable, data],
    ['EACCES', failure('EACCES', { syscall: 'open', path: `${data}/owner.json` }), unwritable, `${data}/owner.json`],
    ['EPERM', failure('EPERM', { syscall: 'unlink', path: `${data}/lock` }), unwritable, `${data}/lock`],
    ['ENOTDIR', failure('ENOTDIR', { syscall: 'mkdir', path: data }), inTheWay, data],
    ['EEXIST', failure('EEXIST', { syscall: 'mkdir', path: data }), inTheWay, data],
    ['EISDIR', failure('EISDIR', { syscall: 'open', path: `${data}/streams/a` }), inTheWay, `${data}/streams/a`],
    ['EMFILE', failure('EMFILE', { syscall: 'open', path: `${data}/a` }), files, `${data}/a`],
    ['ENFILE', failure('ENFILE', { syscall: 'scandir', path: `${data}/a` }), files, `${data}/a`],
    ['EIO', failure('EIO', { syscall: 'read' }), disk, data],
    ['SQLite: read-only', sqlite(8), unwritable, data],
    ['SQLite: read-only, extended', sqlite(8 + 1024), unwritable, data],
    ['SQLite: full', sqlite(13), full, data],
    ['SQLite: damaged', sqlite(11), damaged, data],
    ['SQLite: not a database', sqlite(26), damaged, data],
    ['SQLite: I/O, of a lock', sqlite(10 + 15 * 256), disk, data],
    ['SQLite: cannot open', sqlite(14), disk, data],
    [
      'one that another has as its cause',
      new Error('no', { cause: failure('EROFS', { path: data }) }),
      unwritable,
      data,
    ],
  ])('names the file and what to do: %s', (_, error, advice, file) => {
    const said = explain(error, { data });

    expect(said).toMatch(advice);
    expect(said).toContain(file);
  });

  it.each<[what: string, error: unknown]>([
    ['a port that may not be listened on', failure('EACCES', { syscall: 'listen', port: 80 })],
    ['no watches left', failure('ENOSPC', { syscall: 'watch', path: '/src' })],
    ['no instances left', failure('EMFILE', { syscall: 'watch', path: '/src' })],
    ['a program that is not executable', failure('EACCES', { syscall: 'spawn java', path: 'java' })],
    ['a refused connection', failure('ECONNREFUSED', { syscall: 'connect' })],
    ['a taken port', failure('EADDRINUSE', { syscall: 'listen' })],
    ['an error of configuration', new Error('The variable stage is malformed, permission denied')],
    ['SQLite: an error in a statement', sqlite(1)],
    ['nothing', undefined],
  ])('leaves what is not about the data to others: %s', (_, error) => {
    expect(explain(error, { data })).toBeUndefined();
  });
});

describe('explain, of an engine’s last lines', () => {
  const database = `${data}/dynamodb/dynamodb.sqlite`;
  it.each<[lines: string, advice: RegExp, file: string]>([
    ['error: Internal error: database or disk is full', full, database],
    ['java.io.IOException: No space left on device', full, database],
    ['error: Internal error: attempt to write a readonly database', unwritable, database],
    ['Error: EROFS: read-only file system, open', unwritable, database],
    ['error: Internal error: database disk image is malformed', damaged, database],
    ['error: Database file is encrypted or not a valid SQLite database. If encrypted, enable', damaged, database],
    ['SQLiteException: [26] file is not a database', damaged, database],
    [
      `error: Internal error: unable to open database file: ${data}/dynamodb/other.sqlite`,
      disk,
      `${data}/dynamodb/other.sqlite`,
    ],
    ['error: disk I/O error', disk, database],
    ['Too many open files (os error 24)', files, database],
    ['error: Permission denied (os error 13)', unwritable, database],
  ])('names the file and what to do: %s', (lines, advice, file) => {
    const said = explain(lines, { data });

    expect(said).toMatch(advice);
    expect(said).toContain(file);
    expect(said).toContain(lines);
  });

  it.each(['', 'error: address already in use', 'Shutting down...', 'sh: dynoxide: not found'])(
    'leaves other lines to others: %j',
    (lines) => {
      expect(explain(lines, { data })).toBeUndefined();
    },
  );
});
