import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/data/database.ts';
import { storageFault } from '../../src/data/storageFaults.ts';
import { openJournal } from '../../src/lambda/events/journal.ts';

import { startS3 } from '../../src/s3/engine.ts';
import { Bucket, sendSigned, startTestS3 } from './support/s3.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a fault of the disk', () => {
  it.each([
    ['ENOSPC', 'The disk is full. Make room'],
    ['EDQUOT', 'quota'],
    ['EROFS', 'npm start -- --data <folder>'],
    ['EACCES', 'permissions'],
    ['EPERM', 'permissions'],
    ['EMFILE', 'ulimit -n'],
    ['EIO', 'npm start -- --data <folder>'],
    ['ENOENT', 'was removed'],
    ['ENOTDIR', 'Move it away'],
    ['EISDIR', 'Move it away'],
  ])('%s names the file and says what to do', (code, cure) => {
    const error = Object.assign(new Error(`${code}: what the system says`), { code });

    const { message } = storageFault(error, '/data/s3') as Error;

    expect(message).toContain('/data/s3 cannot be used: ');
    expect(message).toContain(cure);
  });

  it.each([
    [13, 'The disk is full'],
    [8, 'cannot be written to'],
    [776, 'cannot be written to'],
    [11, '--fresh'],
    [26, '--fresh'],
    [14, 'permissions'],
    [10, 'npm start -- --data <folder>'],
    [778, 'npm start -- --data <folder>'],
  ])('that SQLite tells as %i is said in the same words', (errcode, cure) => {
    const error = Object.assign(new Error('what SQLite says'), { code: 'ERR_SQLITE_ERROR', errcode });

    expect((storageFault(error, '/data/s3/catalog.sqlite') as Error).message).toContain(cure);
  });

  it('is not what other errors are told as', () => {
    const error = new Error('another');

    expect(storageFault(error, '/data/s3')).toBe(error);
  });
});

describe('a full database', () => {
  it('says so with its name, and takes more when there is room', () => {
    const file = join(folder, 'small.sqlite');
    const { run, get, close } = openDatabase(file, 'CREATE TABLE t (text TEXT);');
    get('PRAGMA max_page_count = 8');
    const fill = () => {
      for (let row = 0; row < 100; row += 1) run('INSERT INTO t VALUES (?)', 'x'.repeat(4000));
    };

    expect(fill).toThrow(`${file} cannot be used: database or disk is full. The disk is full. Make room`);
    get('PRAGMA max_page_count = 100000');
    expect(fill).not.toThrow();
    close();
  });
});

const damages: readonly [string, (file: string) => void][] = [
  ['text', (file) => writeFileSync(file, 'no database at all, but long enough to look like one'.repeat(100))],
  ['zeroes in its first page', (file) => writeFileSync(file, Buffer.alloc(8192, 1))],
  ['half of itself', (file) => truncateSync(file, 5000)],
];

describe('a damaged file', () => {
  it.each(damages)(
    'of the catalog, with %s, keeps S3 from starting, and says which it is and what to do',
    async (_what, damage) => {
      const file = join(folder, 'catalog.sqlite');
      const whole = await startS3({ port: 0, folder });
      await whole.addBucket({ name: Bucket, corsRules: [] });
      await whole.stop();
      damage(file);

      const starting = startS3({ port: 0, folder });

      await expect(starting).rejects.toThrow(file);
      await expect(starting).rejects.toThrow('npm start -- --fresh');
    },
  );

  it.each(damages.slice(0, 2))('of the journal, with %s, says which it is and what to do', (_what, damage) => {
    const file = join(folder, 'journal.sqlite');
    openJournal(file).close();
    damage(file);

    expect(() => openJournal(file)).toThrow(new RegExp(`${file} cannot be used: .*npm start -- --fresh`));
  });
});

describe('a folder of S3', () => {
  it('that is a file is named at the start', async () => {
    writeFileSync(join(folder, 's3'), '');

    await expect(startS3({ port: 0, folder: join(folder, 's3') })).rejects.toThrow(/s3 cannot be used: .*Move it away/);
  });

  it('that is removed while it is used is named in the answer and on the terminal', async () => {
    const s3 = await startTestS3();
    rmSync(join(s3.folder, 'files'), { recursive: true });
    writeFileSync(join(s3.folder, 'files'), '');

    const { status, body } = await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/k`, body: 'x' });
    const found = await sendSigned(s3, { method: 'GET', path: `/${Bucket}/k` });
    await s3.stop();

    expect([status, found.status]).toEqual([500, 404]);
    expect(body).toContain('Move it away');
    expect(s3.said).toEqual([expect.stringContaining(join(s3.folder, 'files'))]);
  });

  it('is cleared of bytes that belong to no object at the next start', async () => {
    const options = { port: 0, folder };
    await (await startS3(options)).stop();
    mkdirSync(join(folder, 'files'), { recursive: true });
    writeFileSync(join(folder, 'files/left'), 'x');

    await (await startS3(options)).stop();

    expect(readdirSync(join(folder, 'files'))).toEqual([]);
  });
});
