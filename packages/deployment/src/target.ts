import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageFailure } from '@app/command-line/failure';
import { assertStageName } from '@app/serverless-config/stage';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../..');

export interface Service {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/** What a command is about. */
export interface Target {
  readonly stage: string;
  readonly region: string;
  readonly services: readonly Service[];
}

/** The options that every command takes, for `parseArgs`. */
export const targetOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
  service: { type: 'string' },
} as const;

const usual = 'eu-west-1'; // provider.yml falls back to the same

/** The services of serverless-compose.yml, in its order. */
const allServices = (): Service[] => {
  const compose = parse(readFileSync(join(root, 'serverless-compose.yml'), 'utf8')) as {
    services: Record<string, { path: string }>;
  };
  return Object.entries(compose.services).map(([name, { path }]) => ({ name, folder: join(root, path) }));
};

const chosenOf = (services: readonly Service[], list: string | undefined): readonly Service[] => {
  if (list === undefined) return services;
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !services.some((service) => service.name === name));
  if (unknown.length === 0) return services.filter(({ name }) => names.includes(name));
  throw new UsageFailure(
    `--service: there is no ${unknown.join(', ') || 'service without a name'}. There are ${services.map(({ name }) => name).join(', ')}.`,
  );
};

/** `--region`, else the environment's AWS_REGION or AWS_DEFAULT_REGION, else eu-west-1. Throws UsageFailure. */
export const regionOf = (given: string | undefined, env: NodeJS.ProcessEnv): string => {
  const region = given ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || usual);
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return region;
  throw new UsageFailure(`--region: “${region}” is not the name of a region.`);
};

/**
 * Stage, region and services as given. The stage has no default: a command that changes an account is told which. Throws
 * UsageFailure.
 */
export const readTarget = (
  given: { stage?: string | undefined; region?: string | undefined; service?: string | undefined },
  env: NodeJS.ProcessEnv,
): Target => {
  if (given.stage === undefined) throw new UsageFailure('--stage is missing: the stage to work on, such as dev.');
  try {
    assertStageName(given.stage);
  } catch (error) {
    throw new UsageFailure((error as Error).message, { cause: error });
  }
  return { stage: given.stage, region: regionOf(given.region, env), services: chosenOf(allServices(), given.service) };
};
