import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { validatorModule } from '../../generator/validatorModule.ts';
import { writeValidators } from '../../generator/writeValidators.ts';
import { getNote, updateNote } from '../../src/notes.ts';
import type { Operation } from '../../src/operation.ts';

const packageFolder = join(import.meta.dirname, '../..');
const generatedFolder = join(packageFolder, 'generated');
let folder = '';

beforeAll(async () => {
  const cache = join(packageFolder, 'node_modules/.cache'); // the generated code's helpers are resolved from its folder
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'validators-'));
});

afterAll(() => rm(folder, { recursive: true }));

const filesIn = async (path: string) => (await readdir(path)).filter((name) => !name.startsWith('.')).toSorted();

const withBody = (body: object): Operation => ({
  operationId: 'createThing',
  method: 'POST',
  path: '/things',
  summary: 'Create a thing',
  request: { body: body as Record<string, unknown> },
  responses: {},
});

describe('writeValidators', () => {
  it('removes what has no operation any more and writes what the generated folder holds', async () => {
    await writeFile(join(folder, 'operationOfLastYear.js'), '');

    await writeValidators(folder);

    expect(await filesIn(folder)).toEqual(await filesIn(generatedFolder));
    expect(await readFile(join(folder, 'updateNote.js'), 'utf8')).toBe(
      await readFile(join(generatedFolder, 'updateNote.js'), 'utf8'),
    );
  });
});

describe('validatorModule', () => {
  it('holds a validator for PUT and one for PATCH of an update, and one for any other operation', async () => {
    const update = await validatorModule(updateNote, packageFolder);
    const get = await validatorModule(getNote, packageFolder);

    expect(update.code).toMatch(/validate: \{ PUT, PATCH \}/);
    expect(get.code).toMatch(/validate: \{ GET \}/);
    expect(get.declaration).toContain('ValidatorsOf<typeof getNote>');
  });

  it('refuses a contract whose schema is no JSON Schema', async () => {
    const operation = withBody({ type: 'object', properties: { size: { type: 'numbr' } } });

    await expect(validatorModule(operation, packageFolder)).rejects.toThrow('schema is invalid');
  });

  it('refuses a format that has no parser', async () => {
    const operation = withBody({ type: 'object', properties: { url: { type: 'string', format: 'uri' } } });

    await expect(validatorModule(operation, packageFolder)).rejects.toThrow('Unknown format: uri');
  });

  it('refuses a keyword that is misspelt', async () => {
    const operation = withBody({ type: 'object', properties: { name: { type: 'string', maxLenght: 3 } } });

    await expect(validatorModule(operation, packageFolder)).rejects.toThrow('unknown keyword: "maxLenght"');
  });
});

describe('a generated module', () => {
  it('imports the formats and nothing else: Ajv is not there at run time', async () => {
    const modules = (await filesIn(generatedFolder)).filter((name) => name.endsWith('.js'));

    const { metafile } = await build({
      entryPoints: modules.map((name) => join(generatedFolder, name)),
      absWorkingDir: packageFolder,
      bundle: true,
      format: 'esm',
      metafile: true,
      outdir: folder,
      write: false,
    });

    expect(Object.keys(metafile.inputs).toSorted()).toEqual(
      [...modules.map((name) => `generated/${name}`), 'src/formats.ts'].toSorted(),
    );
  });
});
