import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const services = join(import.meta.dirname, '../../../services');
const sharedParams = join(import.meta.dirname, '../../serverless-config/params.yml');

/** `custom.tables.items` → what stands there as text. Lists, objects in braces and what spans lines are left out. */
type Scalars = ReadonlyMap<string, string>;

/**
 * The lines `key: value` of a YAML file by the path of their keys. Less than a parser, which would be loaded for every test
 * file: environments are made of such lines.
 */
export const scalarsOf = (yaml: string): Scalars => {
  const scalars = new Map<string, string>();
  const path: { readonly indent: number; readonly key: string }[] = [];
  for (const line of yaml.split(/\r?\n/)) {
    const [, spaces = '', key, value] = /^( *)([\w-]+):(?: +(\S.*?))?(?: +#.*)?$/.exec(line) ?? [];
    if (key === undefined) continue;
    while ((path.at(-1)?.indent ?? -1) >= spaces.length) path.pop();
    path.push({ indent: spaces.length, key });
    if (value !== undefined) scalars.set(path.map((each) => each.key).join('.'), value.replace(/^(['"])(.*)\1$/, '$2'));
  }
  return scalars;
};

const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': '000000000000',
  'AWS::Region': 'eu-west-1',
  'AWS::URLSuffix': 'localhost', // nothing that tests reach by mistake
  'aws:accountId': '000000000000',
  'sls:stage': 'dev',
};

/** A variable of the framework or of CloudFormation, as a laptop has it; an API's id is its name. */
const resolverOf = (service: Scalars, params: Scalars) => {
  const variable = (name: string): string => {
    const [source = '', fallback] = name.split(/,\s*/);
    if (source.startsWith('self:')) return resolve(service.get(source.slice('self:'.length)) ?? '');
    if (source.startsWith('param:'))
      return params.get(`default.${source.slice('param:'.length)}`) ?? fallback?.replaceAll("'", '') ?? '';
    return pseudo[source] ?? source.toLowerCase();
  };
  const queueUrl = (logicalId: string) => {
    const name = service.get(`Resources.${logicalId}.Properties.QueueName`);
    return name && `http://127.0.0.1:9324/000000000000/${resolve(name)}`;
  };
  const resolve = (value: string): string => {
    const [, logicalId] = /^!Ref (\w+)$/.exec(value) ?? [];
    if (logicalId !== undefined) return queueUrl(logicalId) ?? logicalId;
    const text = value.replace(/^!Sub (['"]?)(.*)\1$/, '$2');
    return text.replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => variable(name));
  };
  return resolve;
};

/** What the functions of a service find in their environment, from all of its configuration; not what a file computes. */
export const environmentOf = (yaml: string, params: string): Record<string, string> => {
  const service = scalarsOf(yaml);
  const resolve = resolverOf(service, scalarsOf(params));
  const prefix = 'custom.environment.';
  return Object.fromEntries(
    [...service]
      .filter(([path, value]) => path.startsWith(prefix) && !value.includes('${file('))
      .map(([path, value]) => [path.slice(prefix.length), resolve(value)]),
  );
};

/** The environments of all services in one, as tests of every service run with it. */
export const serviceEnvironment = (): Record<string, string> => {
  const params = readFileSync(sharedParams, 'utf8');
  const environments = readdirSync(services).map((name) => {
    const files = readdirSync(join(services, name)).filter((file) => file.endsWith('.yml'));
    return environmentOf(files.map((file) => readFileSync(join(services, name, file), 'utf8')).join('\n'), params);
  });
  return Object.assign({}, ...environments) as Record<string, string>;
};
