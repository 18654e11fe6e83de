import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Service {
  readonly name: string;
  readonly folder: string;
}

/** Every folder of `services/` that has a serverless.yml. */
export const findServices = (root: string): Service[] => {
  const services = join(root, 'services');
  return readdirSync(services)
    .toSorted()
    .map((name) => ({ name, folder: join(services, name) }))
    .filter(({ folder }) => existsSync(join(folder, 'serverless.yml')));
};

/** Whether a file in a service's folder configures it; a change to one needs a restart. */
export const isConfiguration = (name: string) => name.endsWith('.yml');

const configurationOf = (service: Service) =>
  readdirSync(service.folder)
    .filter(isConfiguration)
    .map((file) => readFileSync(join(service.folder, file), 'utf8'))
    .join('\n');

/** Whether a service's configuration has a line with this, such as a resource's type, that is no comment. */
export const mentions = (service: Service, text: string) =>
  configurationOf(service)
    .split('\n')
    .some((line) => line.includes(text) && !line.trimStart().startsWith('#'));

/**
 * The modules that functions are bundled from. Read with an expression rather than by the framework, so that the build
 * can run while the framework is still being loaded; whether it found all is checked afterwards (`serverless/adopt.ts`).
 */
export const handlerModules = (service: Service): string[] => {
  const handlers = configurationOf(service).matchAll(/^(?!\s*#).*\bhandler:\s*['"]?([\w./-]+)\.\w+/gm);
  return [...new Set([...handlers].map(([, module]) => `${module}.ts`))];
};
