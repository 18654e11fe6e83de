import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { plain, testTitles } from '../support/testTitles.ts';

const root = join(import.meta.dirname, '../../../..');
const pages = globSync(['README.md', 'docs/**/*.md'], { cwd: root });
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Services that were taken out: `docs/make-it-yours.md` names them. */
const takenOut = (/^Taken out: (.+)\.$/m.exec(read('docs/make-it-yours.md'))?.[1] ?? '')
  .split(', ')
  .filter((name) => name !== 'none');

const ofService = /^(?:services|packages\/contracts\/src\/(?:services|messages))\/(\w+)\b/;

/** The files of a service that was taken out need not exist. */
const isTakenOut = (file: string) => takenOut.includes(ofService.exec(file)?.[1] ?? '');

const isMissing = (file: string) => !isTakenOut(file) && !existsSync(join(root, file));

/** Pages that tell the reader which files to write. */
const tutorials = new Set(['README.md', 'docs/add-a-service.md', 'docs/add-a-queue-consumer.md', 'docs/secrets.md']);

describe.each(pages)('%s', (page) => {
  it('links to files that exist', () => {
    const links = [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);

    expect(links.map((link) => join(dirname(page), link)).filter(isMissing)).toEqual([]);
  });
});

describe.each(pages.filter((page) => !tutorials.has(page)))('%s', (page) => {
  it('names files that exist', () => {
    const files = [...read(page).matchAll(/`((?:packages|services|scripts)\/[\w./-]+\.\w+)`/g)];

    expect(files.map(([, file = '']) => file).filter(isMissing)).toEqual([]);
  });
});

const known = new Map<string, ReadonlySet<string>>();
const titlesOf = (file: string) => {
  const titles = known.get(file) ?? testTitles(read(file));
  known.set(file, titles);
  return titles;
};

describe('docs/requirements.md', () => {
  it('names tests that are in the files it says', () => {
    const claims = [...read('docs/requirements.md').matchAll(/`([\w./-]+\.test\.ts)`: ((?:“[^”]*”(?:; )?)+)/g)];
    const missing = claims
      .filter(([, file = '']) => !isTakenOut(file))
      .flatMap(([, file = '', names = '']) => {
        const titles = titlesOf(file);
        return [...names.matchAll(/“([^”]*)”/g)]
          .map(([, name = '']) => plain(name))
          .filter((name) => !titles.has(name))
          .map((name) => `${file}: ${name}`);
      });

    expect(claims.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });
});

describe('docs/make-it-yours.md', () => {
  it('names no service as taken out that is there', () => {
    expect(takenOut.filter((name) => existsSync(join(root, 'services', name)))).toEqual([]);
  });
});

describe('the titles of a test file', () => {
  it.each([
    ["it('returns 404', () => {})", ['returns 404']],
    ["describe('PUT', () => { it.each([1])('writes %s', () => {}); })", ['PUT', 'writes %s']],
    ["it('is the caller\\'s', () => {})", ["is the caller's"]],
    ["it.each(rows)(\n 'is %s',\n () => {})", ['is %s']],
    ["it.skip('is not run', () => {}); it.todo('is not there')", []],
    ["// it('is a comment')\nconst text = \"it('is a text')\"; expect('no test')", []],
  ])('in %s are %j', (source, titles) => {
    expect([...testTitles(source)]).toEqual(titles);
  });
});
