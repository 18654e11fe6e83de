import { findServices, mentions, type Service } from '../framework/services.ts';
import type { Options } from '../process/options.ts';
import { describeTaken, takenPorts } from '../process/portCheck.ts';
import { namedPorts, type PortPlan, planPorts } from '../process/ports.ts';
import type { GivenEngines } from './givenEngines.ts';

/** What a start is going to run, and where. */
export interface Plan {
  readonly services: readonly Service[];
  readonly ports: PortPlan;
  readonly hasBuckets: boolean;
  readonly hasQueues: boolean;
  readonly hasSecrets: boolean;
}

/** All services, and those that are to run. Throws, naming what there is, when one is asked for that is not there. */
const chosenServices = ({ root, only, alone }: Options) => {
  const all = findServices(root);
  const asked = alone === undefined ? only : [alone];
  const unknown = asked.filter((name) => !all.some((service) => service.name === name));
  if (unknown.length > 0 || all.length === 0)
    throw new Error(
      `There is no service ${unknown.join(', ')} in ${root}/services: ${all.map(({ name }) => name).join(', ') || 'it is empty'}.`,
    );
  return { all, services: asked.length === 0 ? all : all.filter(({ name }) => asked.includes(name)) };
};

/** The ports of the services that run, as they are when all run, but for those that the command line gave to one alone. */
const portsOf = (all: readonly Service[], services: readonly Service[], { portBase, ownPorts }: Options): PortPlan => {
  const plan = planPorts(
    all.map(({ name }) => name),
    portBase,
  );
  const running = Object.entries(plan.services).filter(([name]) => services.some((service) => service.name === name));
  return { ...plan, services: Object.fromEntries(running.map(([name, ports]) => [name, { ...ports, ...ownPorts }])) };
};

/** Which services and ports a start needs. */
export const planStart = (options: Options): Plan => {
  const { all, services } = chosenServices(options);
  const ports = portsOf(all, services, options);
  const has = (type: string) => services.some((service) => mentions(service, type));
  return {
    services,
    ports,
    hasBuckets: has('AWS::S3::Bucket'),
    hasQueues: has('AWS::SQS::Queue'),
    hasSecrets: has('ssm:GetParameter') || has('  secrets:'),
  };
};

/** Every port that a plan listens on, with what it is for; `use` says which engines it starts by itself. */
export const portsIn = (
  { services, ports, hasBuckets, hasQueues, hasSecrets }: Plan,
  use = { s3: hasBuckets, sqs: hasQueues, ssm: hasSecrets },
): { port: number; purpose: string }[] => {
  const websockets = services.filter((service) => mentions(service, 'websocket:')).map(({ name }) => name);
  return namedPorts(ports, { ...use, websockets });
};

/** Throws, naming each, when ports of a plan are taken. */
export const assertPortsFree = async (plan: Plan, options: Options, given: GivenEngines) => {
  const { ports, hasBuckets, hasQueues, hasSecrets } = plan;
  const use = {
    s3: hasBuckets && !given.s3,
    sqs: hasQueues && !given.sqs && !given.ownSqs,
    ssm: hasSecrets && !given.ssm && !given.ownSsm,
  };
  const isNeeded = ({ port }: { port: number }) =>
    !(given.besideCloud && port === ports.dynamodb) && !(options.alone !== undefined && port === ports.gateway);
  const taken = await takenPorts(portsIn(plan, use).filter(isNeeded));
  if (taken.length === 0) return;
  const hint = options.alone === undefined ? '' : `\nIf npm start is running, ${options.alone} is running already.`;
  throw new Error(describeTaken(taken) + hint);
};
