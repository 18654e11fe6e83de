import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleApis, sampleMessages, sampleResources } from '../samples/index.ts';
import { allMessages } from '../src/allMessages.ts';
import { apis } from '../src/apis.ts';
import { resources } from '../src/resources.ts';
import { unknownRoute } from '../src/responses.ts';
import { messageModule } from './messageModule.ts';
import { operationModule } from './operationModule.ts';
import { resourceModule } from './resourceModule.ts';
import { responsesModule } from './responsesModule.ts';

/** A module to be written, by its name; a declaration goes with it where functions import it. */
interface Module {
  readonly name: string;
  readonly make: (resolveDir: string) => Promise<{ readonly code: string; readonly declaration?: string }>;
}

/** The contracts of a folder, each with the file that it is in, as a generated module has it. */
const inFiles = <T>(folder: string, contracts: Readonly<Record<string, readonly T[]>>) =>
  Object.entries(contracts).flatMap(([name, each]) =>
    each.map((contract) => ({ contract, file: `../../${folder}/${name}.ts` })),
  );

/** PATCH is served by PUT's function, lies in its module, and answers as it does. */
const operations = [...inFiles('src/services', apis), ...inFiles('samples/services', sampleApis)].filter(
  ({ contract: { method } }) => method !== 'PATCH',
);

const messages = [...inFiles('src/messages', allMessages), ...inFiles('samples/messages', sampleMessages)];

/** What `generated/` holds, by folder. `responses` is for the tests that judge what operations answer. */
const folders: Readonly<Record<string, readonly Module[]>> = {
  operations: operations.map(({ contract, file }) => ({
    name: contract.operationId,
    make: (resolveDir) => operationModule(contract, file, resolveDir),
  })),
  responses: [unknownRoute, ...operations.map(({ contract }) => contract)].map((operation) => ({
    name: operation.operationId,
    make: async (resolveDir) => ({ code: await responsesModule(operation, resolveDir) }),
  })),
  messages: messages.map(({ contract, file }) => ({
    name: contract.name,
    make: (resolveDir) => messageModule(contract, file, resolveDir),
  })),
  resources: [...inFiles('src/services', resources), ...inFiles('samples/services', sampleResources)].map(
    ({ contract, file }) => ({ name: contract.name, make: async () => resourceModule(contract, file) }),
  ),
};

const filesOf = async ({ name, make }: Module, resolveDir: string): Promise<Readonly<Record<string, string>>> => {
  try {
    const { code, declaration } = await make(resolveDir);
    return { [`${name}.js`]: code, ...(declaration !== undefined && { [`${name}.d.ts`]: declaration }) };
  } catch (cause) {
    throw new Error(`${name}: ${(cause as Error).message}`, { cause });
  }
};

const partial = '.partial';

/** Whole or not at all: services that are deployed at once read here, and may all be writing. */
const writeWhole = async (target: string, path: string, text: string) => {
  const written = join(target, partial, `${process.pid}-${crypto.randomUUID()}`);
  await writeFile(written, text);
  await rename(written, path);
};

const keepOnly = async (folder: string, names: readonly string[]) => {
  const stale = (await readdir(folder)).filter((name) => !names.includes(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true, force: true })));
};

/**
 * Writes a module, and its declaration, for every operation, its responses, every message and every resource; removes what has none any
 * more. Throws, with the contract's name, when a schema is not a JSON Schema.
 */
export const writeModules = async (target: string) => {
  await mkdir(join(target, partial), { recursive: true });
  for (const [name, modules] of Object.entries(folders)) {
    const folder = join(target, name);
    const files: Record<string, string> = {};
    for (const each of modules) Object.assign(files, await filesOf(each, target));
    await mkdir(folder, { recursive: true });
    await Promise.all(Object.entries(files).map(([file, text]) => writeWhole(target, join(folder, file), text)));
    await keepOnly(folder, Object.keys(files));
  }
  await keepOnly(target, [...Object.keys(folders), partial]);
};
