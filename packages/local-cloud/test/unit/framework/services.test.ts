import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findServices, handlerModules } from '../../../src/framework/services.ts';

let root: string;
const writeService = async (name: string, files: Record<string, string>) => {
  await mkdir(join(root, 'services', name), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(root, 'services', name, file), text);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'services-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('findServices', () => {
  it('finds folders with a serverless.yml, and no others', async () => {
    await writeService('users', { 'serverless.yml': '' });
    await writeService('notes', { 'serverless.yml': '' });
    await writeService('draft', { 'README.md': '' });

    expect(findServices(root).map(({ name }) => name)).toEqual(['notes', 'users']);
  });

  it('has them in the order of serverless-compose.yml, then by name', async () => {
    for (const name of ['ants', 'bees', 'memos', 'wasps']) await writeService(name, { 'serverless.yml': '' });
    const compose = [
      'services:',
      '  writing: { path: services/memos } # under another name',
      '  # former: { path: services/ants }',
      '  bees:',
      "    path: 'services/bees'",
      '  gone: { path: services/gone }',
    ];
    await writeFile(join(root, 'serverless-compose.yml'), compose.join('\n'));

    expect(findServices(root).map(({ name }) => name)).toEqual(['memos', 'bees', 'ants', 'wasps']);
  });
});

describe('handlerModules', () => {
  it('reads handlers in block and flow style, once each, from all fragments, but not from comments', async () => {
    await writeService('notes', {
      'serverless.yml': 'functions: ${file(functions.yml)}',
      'functions.yml': [
        'getNote:',
        '  handler: src/handlers/getNote.handler # as is',
        "putNote: { handler: 'src/handlers/putNote.handler', events: [] }",
        'patchNote: { handler: src/handlers/putNote.handler }',
        '# handler: src/handlers/oldNote.handler',
      ].join('\n'),
    });

    const [notes] = findServices(root);

    expect(notes && handlerModules(notes)).toEqual(['src/handlers/getNote.ts', 'src/handlers/putNote.ts']);
  });
});
