import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { pathsIn } from './archive.ts';

export const servicesFolder = join(import.meta.dirname, '../../../services');
const cli = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');

/** A resource of a CloudFormation template: its properties differ by type, a test names what it reads. */
export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface PackagedService {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  /** File names of the archives. */
  readonly archives: readonly string[];
  /** What is in each. */
  readonly contents: Readonly<Record<string, readonly string[]>>;
  /** What was kept for stack traces, by the paths that bundles have in their archives. */
  readonly sourceMaps: readonly string[];
}

export const serviceNames = (await readdir(servicesFolder, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

type Parameters = Readonly<Record<string, string>>;

const packageNow = async (name: string, stage: string, parameters: Parameters): Promise<PackagedService> => {
  const folder = await mkdtemp(join(tmpdir(), `package-${name}-`));
  try {
    const given = Object.entries(parameters).flatMap(([key, value]) => ['--param', `${key}=${value}`]);
    await promisify(execFile)(process.execPath, [cli, 'package', '--stage', stage, '--package', folder, ...given], {
      cwd: join(servicesFolder, name),
      env: { ...process.env, SLS_INTERACTIVE_SETUP_ENABLE: '0', NODE_OPTIONS: '', TMPDIR: folder }, // serverless-esbuild leaves a folder for each function
    });
    const template = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
    const { Resources: resources, Outputs: outputs } = JSON.parse(template) as {
      Resources: PackagedService['resources'];
      Outputs: PackagedService['outputs'];
    };
    const archives = (await readdir(folder)).filter((file) => file.endsWith('.zip'));
    const contents = await Promise.all(
      archives.map(async (file) => [file, await pathsIn(join(folder, file))] as const),
    );
    const sourceMaps = await filesIn(join(folder, 'source-maps', name));
    return { resources, outputs, archives, contents: Object.fromEntries(contents), sourceMaps };
  } finally {
    await rm(folder, { recursive: true });
  }
};

/**
 * A service, packaged as a deployment to the stage would, with parameters in place of the stage's own: once a run, so that
 * tests in one file after another share it.
 */
export const packageService = async (
  name: string,
  stage = 'dev',
  parameters: Parameters = {},
): Promise<PackagedService> => {
  const folder = process.env['PACKAGES_FOLDER'];
  if (!folder) throw new Error('Jest’s project `package` sets PACKAGES_FOLDER.');
  const file = join(folder, `${[name, stage, ...Object.entries(parameters).flat()].join('-')}.json`);
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as PackagedService;
  const packaged = await packageNow(name, stage, parameters);
  await writeFile(file, JSON.stringify(packaged));
  return packaged;
};

/** Packages services two at a time: all together they would only take turns. */
export const packageEach = (
  names: readonly string[],
  stage = 'dev',
): Readonly<Record<string, Promise<PackagedService>>> => {
  const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
  return Object.fromEntries(
    names.map((name, index) => {
      const packaged = (lanes[index % 2] ?? Promise.resolve()).then(() => packageService(name, stage));
      lanes[index % 2] = packaged.catch(() => {}); // its test says so
      return [name, packaged];
    }),
  );
};

export const ofType = ({ resources }: PackagedService, type: string): [string, TemplateResource['Properties']][] =>
  Object.entries(resources).flatMap(([id, { Type, Properties }]) => (Type === type ? [[id, Properties]] : []));
