import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { hide } from '../recorder/masking.ts';
import type { DeclaredSecret } from './declared.ts';
import { readSecrets } from './secretsFile.ts';

interface SecretsOptions {
  /** What the developer has written. */
  readonly file: string;
  /** Where values that were made here are kept. */
  readonly kept: string;
  /** What paths are named from. */
  readonly root: string;
  readonly log: (message: string) => void;
}

const idOf = ({ service, name }: DeclaredSecret) => `${service}.${name}`;

/**
 * The secrets of the services on a laptop: from the developer's own file, else random and kept in the data folder. What
 * stands in the file holds at once, without a restart.
 */
export const createSecrets = ({ file, kept, root, log }: SecretsOptions) => {
  const declared = new Map<string, DeclaredSecret>();
  const fileName = relative(root, file);

  const written = ({ service, name }: DeclaredSecret) => readSecrets(file)[service]?.[name];

  const made = ({ service, name }: DeclaredSecret): string => {
    const before = readSecrets(kept);
    const known = before[service]?.[name];
    if (known !== undefined) return known;
    const value = randomBytes(32).toString('base64url');
    const all = { ...before, [service]: { ...before[service], [name]: value } };
    writeFileSync(kept, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
    return value;
  };

  const sayMade = (secret: DeclaredSecret) =>
    log(
      `${idOf(secret)} is not in ${fileName}: a random value is used, kept in ${relative(root, kept)}. If another system must know it, write it into ${fileName}.`,
    );

  return {
    /** Adds what a service declares, and says which of it has no value of the developer's. Throws what is wrong with the file. */
    declare: (secrets: readonly DeclaredSecret[]): void => {
      for (const secret of secrets) {
        declared.set(secret.parameter, secret);
        if (written(secret) === undefined) sayMade(secret);
      }
    },
    /** The value that a parameter's name stands for; undefined where no service declares it. */
    get: (parameter: string): string | undefined => {
      const secret = declared.get(parameter);
      const value = secret && (written(secret) ?? made(secret));
      if (value !== undefined) hide(value);
      return value;
    },
    /** Says what the file has for a service that declares no such secret: a name that is written wrong. */
    sayUnused: (service: string): void => {
      const known = new Set([...declared.values()].map(idOf));
      for (const name of Object.keys(readSecrets(file)[service] ?? {}))
        if (!known.has(`${service}.${name}`))
          log(`${service}.${name} is in ${fileName}, but ${service} declares no such secret (custom.secrets).`);
    },
  };
};

export type Secrets = ReturnType<typeof createSecrets>;
