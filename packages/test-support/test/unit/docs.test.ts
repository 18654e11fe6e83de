import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../../..');
const pages = globSync(['README.md', 'docs/**/*.md'], { cwd: root });
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** A service that was taken out, or a worked example's, has no files to name. */
const isOfNoService = (file: string) => {
  const [, service] = /^(?:services|packages\/contracts\/src)\/(\w+)[./]/.exec(file) ?? [];
  return service !== undefined && !existsSync(join(root, file)) && !existsSync(join(root, 'services', service));
};

const isMissing = (file: string) => !isOfNoService(file) && !existsSync(join(root, file));

/** Pages that tell the reader which files to write. */
const tutorials = new Set(['README.md', 'docs/add-a-service.md']);

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

describe('docs/requirements.md', () => {
  it('names tests that are in the files it says', () => {
    const claims = [...read('docs/requirements.md').matchAll(/`([\w./-]+\.test\.ts)`: ((?:“[^”]*”(?:; )?)+)/g)];
    const missing = claims
      .filter(([, file = '']) => !isOfNoService(file))
      .flatMap(([, file = '', names = '']) => {
        const tests = read(file).replaceAll(String.raw`\'`, '’');
        return [...names.matchAll(/“([^”]*)”/g)].map(([, name = '']) => name).filter((name) => !tests.includes(name));
      });

    expect(claims.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });
});
