import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Service {
  readonly name: string;
  readonly folder: string;
}

/** The folders' names in the order of serverless-compose.yml, which also deploys them: a new service is its last line. */
const composed = (root: string): string[] => {
  const file = join(root, 'serverless-compose.yml');
  const paths = existsSync(file) ? readFileSync(file, 'utf8').matchAll(/^[^#\n]*\bpath:\s*['"]?([\w./-]+)/gm) : [];
  return Array.from(paths, ([, path = '']) => basename(path));
};

/**
 * Every folder of `services/` that has a serverless.yml: in the order of serverless-compose.yml, then by name. Ports go by
 * this order, so that a new service does not change those of the others.
 */
export const findServices = (root: string): Service[] => {
  const services = join(root, 'services');
  const all = readdirSync(services).toSorted();
  const listed = composed(root).filter((name) => all.includes(name));
  return [...new Set([...listed, ...all])]
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
