import { readFileSync } from 'node:fs';

/** Beside package.json, and not in git. */
export const secretsFileName = '.secrets.local.json';

/** Values by service and name. */
export type SecretValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
    throw error;
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the reason would quote a value
  }
};

/** What the developer has written into a file of values; nothing where there is no file. Throws, naming the member, what cannot be used. */
export const readSecrets = (file: string): SecretValues => {
  const values = parsed(textOf(file));
  if (!isObject(values)) throw new Error(`${file} must be a JSON object: { "<service>": { "<secret>": "<value>" } }.`);
  for (const [service, secrets] of Object.entries(values)) {
    if (!isObject(secrets)) throw new Error(`${file}: ${service} must be an object of secrets.`);
    for (const [name, value] of Object.entries(secrets))
      if (typeof value !== 'string' || value === '')
        throw new Error(`${file}: ${service}.${name} must be a text that is not empty.`);
  }
  return values as SecretValues;
};
