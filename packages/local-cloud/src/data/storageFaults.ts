import { isNativeError } from 'node:util/types';

/** What the system says when it cannot keep data, and what a developer can do about it. */
const cures: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Make room, then try again',
  EDQUOT: 'Your quota on this disk is used up. Make room, then try again',
  EROFS: 'It cannot be written to. Give the local cloud another folder: npm start -- --data <folder>',
  EACCES: 'Its permissions do not allow it. Change them, or give another folder: npm start -- --data <folder>',
  EPERM: 'Its permissions do not allow it. Change them, or give another folder: npm start -- --data <folder>',
  EMFILE: 'Too many files are open. Raise the limit: ulimit -n 4096',
  EIO: 'The disk cannot be read or written. Give another folder: npm start -- --data <folder>',
  ENOENT: 'It was removed while the local cloud ran. Start it anew',
  ENOTDIR:
    'Something else is in the place of a folder. Move it away, or give another folder: npm start -- --data <folder>',
  EEXIST: 'Something else is in its place. Move it away, or give another folder: npm start -- --data <folder>',
  EISDIR: 'A folder is in its place. Move it away, or give another folder: npm start -- --data <folder>',
  ELOOP: 'A link is in its place. Remove the link, or give another folder: npm start -- --data <folder>',
  unopenable:
    'The disk may be read-only, or its permissions forbid it. Change them, or give another folder: npm start -- --data <folder>',
  corrupt: 'It is damaged. Restore it from a copy, or forget all local data: npm start -- --fresh',
};

/** SQLite's result codes. https://www.sqlite.org/rescode.html */
const sqliteCodes: Readonly<Record<number, string>> = {
  3: 'EACCES',
  8: 'EROFS',
  10: 'EIO',
  11: 'corrupt',
  13: 'ENOSPC',
  14: 'unopenable',
  26: 'corrupt',
};

interface SystemError extends Error {
  readonly code?: string;
  readonly errcode?: number;
  readonly path?: string;
}

const codeOf = ({ code, errcode }: SystemError) => (errcode === undefined ? code : sqliteCodes[errcode & 0xff]); // the low byte is the primary code

/** Data that cannot be kept or read: its message names the file, and says what to do. */
export class StorageFault extends Error {}

/** The fault of the disk that an error tells of, in the file that it names, or else in `path`; other errors as they are. */
export const storageFault = (error: unknown, path: string): unknown => {
  if (!isNativeError(error) || error instanceof StorageFault) return error;
  const cure = cures[codeOf(error) ?? ''];
  const { path: file = path } = error as SystemError;
  return cure ? new StorageFault(`${file} cannot be used: ${error.message}. ${cure}.`, { cause: error }) : error;
};
