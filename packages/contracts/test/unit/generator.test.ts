import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { operationModule } from '../../generator/operationModule.ts';
import { responsesModule } from '../../generator/responsesModule.ts';
import { writeModules } from '../../generator/writeModules.ts';
import { getMemo, updateMemo } from '../../samples/services/memos.ts';
import type { Operation } from '../../src/operation.ts';

const packageFolder = join(import.meta.dirname, '../..');
const generatedFolder = join(packageFolder, 'generated');
const memos = '../../samples/services/memos.ts';
let folder = '';

beforeAll(async () => {
  const cache = join(packageFolder, 'node_modules/.cache'); // the generated code's helpers are resolved from its folder
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'validators-'));
});

afterAll(() => rm(folder, { recursive: true }));

const filesIn = async (path: string) => (await readdir(path)).filter((name) => !name.startsWith('.')).toSorted();

const object = { type: 'object', properties: { id: { type: 'string' } } };

const withBody = (body: object): Operation => ({
  operationId: 'createThing',
  method: 'POST',
  path: '/things',
  summary: 'Create a thing',
  request: { body: body as Record<string, unknown> },
  responses: {},
});

describe('writeModules', () => {
  it('removes what has no operation any more and writes what the generated folder holds', async () => {
    await mkdir(join(folder, 'operations'));
    await writeFile(join(folder, 'operations/operationOfLastYear.js'), '');
    await writeFile(join(folder, 'layoutOfLastYear.js'), '');

    await writeModules(folder);

    expect(await filesIn(folder)).toEqual(['messages', 'operations', 'resources', 'responses']);
    expect(await filesIn(join(folder, 'operations'))).toEqual(await filesIn(join(generatedFolder, 'operations')));
    expect(await readFile(join(folder, 'operations/updateMemo.js'), 'utf8')).toBe(
      await readFile(join(generatedFolder, 'operations/updateMemo.js'), 'utf8'),
    );
  });
});

describe('operationModule', () => {
  it('holds a validator for PUT and one for PATCH of an update, and one for any other operation', async () => {
    const update = await operationModule(updateMemo, memos, packageFolder);
    const get = await operationModule(getMemo, memos, packageFolder);

    expect(update.code).toMatch(/validate: \{ PUT, PATCH \}/);
    expect(get.code).toMatch(/validate: \{ GET \}/);
    expect(get.declaration).toContain(`import type { getMemo as contract } from '${memos}'`);
    expect(get.declaration).toContain('getMemo: CompiledOperation<typeof contract>');
  });

  it('refuses a contract whose schema is no JSON Schema', async () => {
    const operation = withBody({ type: 'object', properties: { size: { type: 'numbr' } } });

    await expect(operationModule(operation, memos, packageFolder)).rejects.toThrow('schema is invalid');
  });

  it('refuses a format that has no parser', async () => {
    const operation = withBody({ type: 'object', properties: { url: { type: 'string', format: 'uri' } } });

    await expect(operationModule(operation, memos, packageFolder)).rejects.toThrow('Unknown format: uri');
  });

  it('refuses a keyword that is misspelt', async () => {
    const operation = withBody({ type: 'object', properties: { name: { type: 'string', maxLenght: 3 } } });

    await expect(operationModule(operation, memos, packageFolder)).rejects.toThrow('unknown keyword: "maxLenght"');
  });
});

describe('responsesModule', () => {
  it('has a validator for each status that is documented, and for the problems that every operation may have', async () => {
    const code = await responsesModule(updateMemo, packageFolder);

    const statuses = [...(/responses = \{(.*)\}/.exec(code)?.[1] ?? '').matchAll(/(\d+): /g)].map(
      ([, status]) => status,
    );
    expect(statuses.map(Number)).toEqual([200, 400, 401, 403, 404, 412, 413, 415, 429, 500, 503]);
  });

  it.each([
    ['a type that there is not', { type: 'numbr' }, 'schema is invalid'],
    ['a choice of nothing', { anyOf: [] }, 'schema is invalid'],
    ['a required property that it does not have', { ...object, required: ['nonsense'] }, '"nonsense" is not defined'],
    ['a keyword that is misspelt', { ...object, requird: [] }, 'unknown keyword: "requird"'],
    ['a format that has no parser', { type: 'string', format: 'uri' }, 'Unknown format: uri'],
  ])('refuses a response with %s', async (_case, schema: Record<string, unknown>, message) => {
    const operation: Operation = { ...getMemo, responses: { 200: schema } };

    await expect(responsesModule(operation, packageFolder)).rejects.toThrow(message);
  });
});

describe.each(['operations', 'messages'])('a generated module of %s', (kind) => {
  it('imports the formats and nothing else: Ajv is not there at run time', async () => {
    const modules = (await filesIn(join(generatedFolder, kind))).filter((name) => name.endsWith('.js'));

    const { metafile } = await build({
      entryPoints: modules.map((name) => join(generatedFolder, kind, name)),
      absWorkingDir: packageFolder,
      bundle: true,
      format: 'esm',
      metafile: true,
      outdir: folder,
      write: false,
    });

    expect(Object.keys(metafile.inputs).toSorted()).toEqual(
      [...modules.map((name) => `generated/${kind}/${name}`), 'src/formats.ts'].toSorted(),
    );
  });

  it('keeps no schema', async () => {
    const modules = (await filesIn(join(generatedFolder, kind))).filter((name) => name.endsWith('.js'));

    const texts = await Promise.all(modules.map((name) => readFile(join(generatedFolder, kind, name), 'utf8')));

    expect(texts.filter((text) => text.includes('additionalProperties": false'))).toEqual([]);
  });
});
