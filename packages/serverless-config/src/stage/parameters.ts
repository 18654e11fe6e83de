import { Ajv, type ErrorObject } from 'ajv';
import { parametersOf } from './stage.ts';

const texts = { type: 'array', items: { type: 'string', pattern: '^https?://[^/\\s*]+$' }, minItems: 1 };

/** Of a domain, or nothing. */
const hostName = '^(([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,})?$';

/** Every parameter of a stage. What each means stands in params.yml, where their values are. */
const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    corsOrigins: texts,
    durable: { type: 'boolean' },
    gatewayValidation: { type: 'boolean' },
    alarms: { type: 'boolean' },
    alertEmail: { type: 'string', pattern: '^([^@\\s]+@[^@\\s]+\\.[^@\\s]+)?$' },
    maxWaiters: { type: 'integer', minimum: 1, maximum: 1000 },
    maxAssetBytes: { type: 'integer', minimum: 1, maximum: 5 * 1024 ** 3 }, // what one PUT may hold
    dashboard: { type: 'boolean' },
    throttleRate: { type: 'number', exclusiveMinimum: 0 },
    throttleBurst: { type: 'integer', minimum: 1 },
    domainName: { type: 'string', pattern: hostName },
    socketDomainName: { type: 'string', pattern: hostName },
    queueConcurrency: { type: 'integer', minimum: 2, maximum: 1000 }, // AWS takes no other
  },
  required: ['corsOrigins', 'durable', 'alarms', 'alertEmail', 'throttleRate', 'throttleBurst', 'queueConcurrency'],
} as const;

type Values = Readonly<Record<string, unknown>>;

const judge = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

const typeOf = (name: string) => (schema.properties as Readonly<Record<string, { type: string }>>)[name]?.type;

/** `--param` gives text: true, false and numbers are meant where the schema has them. */
const fromText = (name: string, text: string): unknown => {
  const type = typeOf(name);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if ((type === 'integer' || type === 'number') && /^\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
};

/** Of `name=value`, as `--param` takes them. */
const givenBy = (words: readonly string[]): Values =>
  Object.fromEntries(
    words.map((word) => {
      const [name = '', ...rest] = word.split('=');
      return [name, fromText(name, rest.join('='))];
    }),
  );

const messageOf = (values: Values, { keyword, instancePath, params, message }: ErrorObject): string => {
  if (keyword === 'additionalProperties')
    return `${String(params['additionalProperty'])} is no parameter: there are ${Object.keys(schema.properties).join(', ')}`;
  if (keyword === 'required') return `${String(params['missingProperty'])} is missing`;
  const [, name = '', index] = instancePath.split('/');
  const value = index === undefined ? values[name] : (values[name] as unknown[])[Number(index)];
  const isList = keyword === 'type' && params['type'] === 'array';
  return `${name} is ${JSON.stringify(value)}, and ${isList ? 'is a list: write it into params.yml' : message}`;
};

const isPlaceholder = (origin: string) => /\bexample\.(com|org|net)$/.test(new URL(origin).hostname);
const isLoopback = (origin: string) => ['localhost', '127.0.0.1'].includes(new URL(origin).hostname);

/** What a stage must say of itself before it is deployed, and need not before it is packaged. */
const unready = (stage: string, values: Values): string[] => {
  const origins = values['corsOrigins'] as readonly string[];
  const foreign = origins.filter((origin) => isPlaceholder(origin) || (stage === 'prod' && isLoopback(origin)));
  return [
    ...foreign.map((origin) => `corsOrigins: ${origin} is not an origin of your own`),
    ...(values['alarms'] === true && values['alertEmail'] === ''
      ? ['alertEmail is missing: somebody must hear of the alarms that this stage has']
      : []),
  ];
};

export interface Given {
  readonly stage: string;
  /** `name=value`, as `--param` takes them; they go before those of params.yml. */
  readonly words?: readonly string[];
  /** Whether the stage is to be deployed: what is only a placeholder is refused then. */
  readonly isDeployed: boolean;
}

/** A stage's parameters as they are once `--param` has had its say. */
export const valuesOf = ({ stage, words = [] }: Pick<Given, 'stage' | 'words'>): Values => ({
  ...parametersOf(stage),
  ...givenBy(words),
});

/** What is wrong with a stage's parameters, each with its name; nothing where they are right. */
export const parameterProblems = ({ isDeployed, ...given }: Given): string[] => {
  const values = valuesOf(given);
  if (!judge(values)) return (judge.errors ?? []).map((error) => messageOf(values, error));
  return isDeployed ? unready(given.stage, values) : [];
};
