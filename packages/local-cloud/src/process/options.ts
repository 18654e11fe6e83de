import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { otlpEndpoint } from '../recorder/otlpEndpoint.ts';
import { defaultPortBase, type ServicePorts } from './ports.ts';

export interface Options {
  /** The workspace whose `services/` are run. */
  readonly root: string;
  readonly portBase: number;
  /** Where data survives a restart. */
  readonly data: string;
  /** Whether to forget the data first. */
  readonly fresh: boolean;
  /** Seconds between two sweeps of rows past their TTL. */
  readonly sweepSeconds: number;
  /** The period of all scheduled functions, in place of their own. */
  readonly scheduleSeconds: number | undefined;
  /** Variables that functions find in place of what they would, such as an endpoint with a proxy before it. */
  readonly functionEnvironment: Readonly<Record<string, string>>;
  /** Names, in lower case, that `Host` may have besides those of this machine. */
  readonly allowedHosts: readonly string[];
  /** The services to run, behind the gateway; empty for all. */
  readonly only: readonly string[];
  /** The one service to run by itself, without a gateway, beside a cloud that may be up. */
  readonly alone: string | undefined;
  /** Ports for that one in place of those that it would have. */
  readonly ownPorts: Partial<ServicePorts>;
  /** Whether calls that a function's role does not allow are refused. */
  readonly isJudged: boolean;
  /** Whether what happens is kept, to be looked at. */
  readonly isRecorded: boolean;
  /** Where spans are posted to as well: a collector, over OTLP/HTTP. */
  readonly otlp: string | undefined;
  /** How the terminal tells of what happens: as lines for people, as JSON, or not at all; undefined for what suits it. */
  readonly output: 'json' | 'quiet' | undefined;
  /** Whether to judge, at the end, which rights the functions have used and which their roles grant. */
  readonly judgeRights: boolean;
  /** What the framework's command line gets besides: a stage, parameters. */
  readonly frameworkArgs: readonly string[];
}

const help = `npm start -- [--fresh] [--only name,name] [--port-base 3000] [--data .local] [--sweep-seconds 5] [--schedule-seconds 60] [--allow-host name] [--no-iam] [--no-record] [--otlp url] [--json | --quiet]`;
const repository = resolve(import.meta.dirname, '../../../..');

const number = (name: string, text: string, [least, most]: [number, number]) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most)) {
    throw new Error(`${name} must be a number from ${least} to ${most}, not "${text}".\n${help}`);
  }
  return value;
};

const assignment = (text: string): [string, string] => {
  const [name = '', ...value] = text.split('=');
  if (!/^\w+$/.test(name) || value.length === 0)
    throw new Error(`--function-env is NAME=value, not "${text}".\n${help}`);
  return [name, value.join('=')];
};

const hostName = (text: string): string => {
  if (/^[\w-]+(\.[\w-]+)*$/.test(text)) return text.toLowerCase();
  throw new Error(`--allow-host is a name without a scheme or a port, not "${text}".\n${help}`);
};

const outputOf = ({ json, quiet }: { readonly json: boolean; readonly quiet: boolean }): Options['output'] => {
  if (json && quiet) throw new Error(`--json and --quiet exclude each other.\n${help}`);
  if (json) return 'json';
  return quiet ? 'quiet' : undefined;
};

/** Options from the command line, else the environment (LOCAL_PORT_BASE, LOCAL_DATA), else what `npm start` means. Throws on any other. */
export const readOptions = (args: readonly string[], env: NodeJS.ProcessEnv): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: 'boolean', default: false },
      root: { type: 'string', default: repository },
      'port-base': { type: 'string', default: env['LOCAL_PORT_BASE'] ?? String(defaultPortBase) },
      data: { type: 'string', ...(env['LOCAL_DATA'] && { default: env['LOCAL_DATA'] }) },
      'sweep-seconds': { type: 'string', default: '5' },
      'schedule-seconds': { type: 'string' },
      'function-env': { type: 'string', multiple: true, default: [] },
      'allow-host': { type: 'string', multiple: true, default: [] },
      'judge-rights': { type: 'boolean', default: false },
      'no-iam': { type: 'boolean', default: false },
      'no-record': { type: 'boolean', default: false },
      otlp: { type: 'string' },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      alone: { type: 'string' },
      'http-port': { type: 'string' },
      'lambda-port': { type: 'string' },
      'websocket-port': { type: 'string' },
      'framework-arg': { type: 'string', multiple: true, default: [] },
    },
  });
  const root = resolve(values.root);
  const port = (name: 'http-port' | 'lambda-port' | 'websocket-port') =>
    values[name] === undefined ? undefined : Math.trunc(number(`--${name}`, values[name], [1, 65_535]));
  const ports = { http: port('http-port'), lambda: port('lambda-port'), websocket: port('websocket-port') };
  return {
    root,
    portBase: Math.trunc(number('--port-base', values['port-base'], [1024, 59_000])),
    data: values.data ? resolve(values.data) : join(root, '.local'),
    fresh: values.fresh,
    sweepSeconds: number('--sweep-seconds', values['sweep-seconds'], [0.05, 3600]),
    scheduleSeconds:
      values['schedule-seconds'] === undefined
        ? undefined
        : number('--schedule-seconds', values['schedule-seconds'], [0.05, 86_400]),
    functionEnvironment: Object.fromEntries(values['function-env'].map(assignment)),
    allowedHosts: values['allow-host'].map(hostName),
    judgeRights: values['judge-rights'],
    isJudged: !values['no-iam'],
    isRecorded: !values['no-record'],
    otlp: values.otlp === undefined ? undefined : otlpEndpoint(values.otlp),
    output: outputOf(values),
    only: values.only.flatMap((names) => names.split(',')).map((name) => name.trim()),
    alone: values.alone,
    ownPorts: Object.fromEntries(Object.entries(ports).filter(([, value]) => value !== undefined)),
    frameworkArgs: values['framework-arg'],
  };
};
