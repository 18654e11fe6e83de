import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rememberValidation } from '../../../src/framework/rememberValidation.ts';

type Configuration = Record<string, unknown>;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validation-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A handler that refuses what has no memory, and makes lists of what should be lists, as osls does. */
const startHandler = ({ version = '4.3.1', into = folder, schema = {} } = {}) => {
  const results = new Map<unknown, boolean>();
  const validated: Configuration[] = [];
  class Handler {
    readonly schema = schema;
    readonly serverless = { serviceDir: '/services/notes', configurationInput: {} };
    static getConfigurationValidationResult(input: unknown) {
      return results.get(input) ?? null;
    }
    async validateConfig(configuration: Configuration): Promise<void> {
      validated.push(structuredClone(configuration));
      results.set(this.serverless.configurationInput, configuration['memory'] !== undefined);
      if (configuration['memory'] === undefined) throw new Error('memory is missing');
      configuration['memory'] = Number(configuration['memory']);
      for (const statement of configuration['statements'] as { Action: unknown }[])
        statement.Action = [statement.Action].flat();
    }
  }
  rememberValidation(Handler, { version, folder: into });
  const validate = async (configuration: Configuration) => {
    await new Handler().validateConfig(configuration);
    return configuration;
  };
  return { validate, validated };
};

const configuration = (): Configuration => ({
  memory: '512',
  statements: [{ Action: 's3:GetObject', Resource: { Ref: 'Bucket' } }],
  nothing: null,
});
const coerced = { memory: 512, statements: [{ Action: ['s3:GetObject'], Resource: { Ref: 'Bucket' } }], nothing: null };

describe('a configuration that was valid at an earlier start', () => {
  it('is not validated again, and is coerced as it was', async () => {
    await startHandler().validate(configuration());

    const { validate, validated } = startHandler();

    expect(await validate(configuration())).toEqual(coerced);
    expect(validated).toEqual([]);
  });

  it.each<[what: string, options: Parameters<typeof startHandler>[0], changed: Configuration]>([
    ['the configuration', {}, { ...configuration(), memory: '1024' }],
    ['a statement', {}, { ...configuration(), statements: [{ Action: 's3:PutObject' }] }],
    ['the version of the framework', { version: '4.3.2' }, configuration()],
    ['a plugin’s part of the schema', { schema: { type: 'object', required: ['memory'] } }, configuration()],
  ])('is validated when something else is %s', async (_, options, changed) => {
    await startHandler().validate(configuration());

    const { validate, validated } = startHandler(options);
    await validate(structuredClone(changed));

    expect(validated).toEqual([changed]);
  });

  it('is validated when what was remembered cannot be read', async () => {
    await startHandler().validate(configuration());
    for (const file of await readdir(folder)) await writeFile(join(folder, file), '{"digest":');

    const { validate, validated } = startHandler();

    expect(await validate(configuration())).toEqual(coerced);
    expect(validated).toHaveLength(1);
  });
});

describe('what is not remembered', () => {
  it('are more than a hundred configurations: the oldest are forgotten', async () => {
    const { validate } = startHandler();

    for (let memory = 1; memory <= 103; memory += 1) await validate({ ...configuration(), memory: String(memory) });

    expect(await readdir(folder)).toHaveLength(100);
    const { validate: again, validated } = startHandler();
    await again({ ...configuration(), memory: '103' });
    expect(validated).toEqual([]);
  });

  it('is a configuration that is not valid: every start refuses it', async () => {
    const { validate, validated } = startHandler();

    await expect(validate({ statements: [] })).rejects.toThrow('memory is missing');
    await expect(validate({ statements: [] })).rejects.toThrow('memory is missing');

    expect(validated).toHaveLength(2);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is anything where the folder cannot be written: every start validates', async () => {
    const into = join(folder, 'file');
    await writeFile(into, '');
    const { validate, validated } = startHandler({ into });

    await validate(configuration());

    expect(await validate(configuration())).toEqual(coerced);
    expect(validated).toHaveLength(2);
  });
});

describe('the framework', () => {
  it('puts definitions in the place of references before it compiles the schema: with references kept, this could go', async () => {
    const file = createRequire(import.meta.url).resolve('serverless/lib/classes/config-schema-handler/index.js');

    expect(await readFile(file, 'utf8')).toContain('normalizeSchemaObject(this.schema, this.schema);');
  });
});
