import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Template } from '../stack/readStack.ts';

export interface PackagedFunction {
  /** On AWS: `notes-dev-getNote`. */
  readonly name: string;
  /** The key of its archive in the deployment bucket. */
  readonly key: string;
}

/** What the framework leaves in a package's folder. */
const templateFile = 'cloudformation-template-update-stack.json';

export const readPackagedTemplate = async (folder: string): Promise<Template> =>
  JSON.parse(await readFile(join(folder, templateFile), 'utf8')) as Template;

/** The functions of a template. */
export const functionsOf = ({ Resources = {} }: Template): PackagedFunction[] =>
  Object.values(Resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Lambda::Function') return [];
    const { FunctionName, Code } = Properties as { FunctionName?: unknown; Code?: { S3Key?: unknown } };
    return typeof FunctionName === 'string' && typeof Code?.S3Key === 'string'
      ? [{ name: FunctionName, key: Code.S3Key }]
      : [];
  });

/** As Lambda computes CodeSha256: SHA-256 of the archive, in base64. */
export const codeSha256 = (archive: Uint8Array): string => createHash('sha256').update(archive).digest('base64');

/** By the functions' names, what Lambda is to run: the hashes of the archives in a package's folder. */
export const packagedHashes = async (folder: string, template: Template): Promise<ReadonlyMap<string, string>> => {
  const entries = functionsOf(template).map(async ({ name, key }) => {
    const archive = await readFile(join(folder, basename(key)));
    return [name, codeSha256(archive)] as const;
  });
  return new Map(await Promise.all(entries));
};
