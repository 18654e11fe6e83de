import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Serverless } from './types.ts';

/** What is used of osls's lib/classes/config-schema-handler. */
export interface ConfigSchemaHandler {
  readonly getConfigurationValidationResult: (configuration: unknown) => boolean | null;
  readonly prototype: {
    validateConfig: (this: Validating, configuration: Record<string, unknown>) => Promise<void>;
  };
}

interface Validating {
  readonly serverless: Serverless;
  readonly schema: unknown;
}

interface RememberOptions {
  /** Of osls: another one may judge by other rules. */
  readonly version: string;
  /** Keeps a small file for each configuration, the newest of them; is made where it is missing. */
  readonly folder: string;
}

/** A configuration that was valid, and what validation has made of it. */
interface Validated {
  readonly digest: string;
  readonly coerced: unknown;
}

const remembered = (file: string): Partial<Validated> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Validated;
  } catch {
    return {};
  }
};

const most = 100; // files of 5 KB: a service has one for each stage and each change of its YAML

const removeOldest = (folder: string) => {
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (files.length <= most) return;
  const writtenAt = new Map(files.map((file) => [file, statSync(file).mtimeMs]));
  files.sort((one, other) => (writtenAt.get(other) ?? 0) - (writtenAt.get(one) ?? 0));
  for (const file of files.slice(most)) rmSync(file, { force: true });
};

const remember = (folder: string, file: string, validated: Validated) => {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(validated));
    removeOldest(folder);
  } catch {
    // Without it the next start validates again.
  }
};

/** Text of a configuration, or nothing where it has circles. */
const textOf = (value: unknown) => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Changes `target` as validation has changed its equal: a number to a text, a single value to a list of one. */
const coerce = (target: Record<string, unknown>, coerced: Record<string, unknown>) => {
  for (const [key, value] of Object.entries(coerced)) {
    const own = target[key];
    if (JSON.stringify(own) === JSON.stringify(value)) continue;
    if (isContainer(own) && isContainer(value) && Array.isArray(own) === Array.isArray(value)) coerce(own, value);
    else target[key] = value;
  }
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Spares the validation of a configuration that was valid before: osls compiles its schema to one function of 8 MB, whose
 * first call costs half a second and 60 MB. What validation changes in place is changed again.
 */
export const rememberValidation = (handler: ConfigSchemaHandler, { version, folder }: RememberOptions): void => {
  const { validateConfig } = handler.prototype;

  handler.prototype.validateConfig = async function (configuration) {
    const text = textOf(configuration);
    const digest = sha256(`${version}\n${JSON.stringify(this.schema)}\n${text}`);
    const file = join(folder, `${digest.slice(0, 32)}.json`);
    const last = remembered(file);
    if (text !== undefined && last.digest === digest && isContainer(last.coerced)) {
      coerce(configuration, last.coerced);
      return;
    }

    await validateConfig.call(this, configuration);

    const isValid = handler.getConfigurationValidationResult(this.serverless.configurationInput) === true;
    if (isValid && text !== undefined) remember(folder, file, { digest, coerced: configuration });
  };
};
