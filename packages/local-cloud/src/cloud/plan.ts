import type { Options } from '../options.ts';
import { describeTaken, takenPorts } from '../portCheck.ts';
import { namedPorts, type PortPlan, planPorts } from '../ports.ts';
import { findServices, mentions, type Service } from '../services.ts';
import type { GivenEngines } from './givenEngines.ts';

/** What a start is going to run, and where. */
export interface Plan {
  readonly services: readonly Service[];
  readonly ports: PortPlan;
  readonly hasBuckets: boolean;
  readonly hasQueues: boolean;
}

const chosenServices = ({ root, only }: Options) => {
  const all = findServices(root);
  const services = only === undefined ? all : all.filter(({ name }) => name === only);
  if (services.length === 0) throw new Error(`There is no service ${only ?? ''} in ${root}/services.`);
  return { all, services };
};

/** The ports of all services, with those that the command line gave to the one that runs alone. */
const portsOf = (names: readonly string[], { portBase, only, ownPorts }: Options): PortPlan => {
  const plan = planPorts(names, portBase);
  const own = plan.services[only ?? ''];
  return own ? { ...plan, services: { [only ?? '']: { ...own, ...ownPorts } } } : plan;
};

/** Which services and ports a start needs. */
export const planStart = (options: Options): Plan => {
  const { all, services } = chosenServices(options);
  const ports = portsOf(
    all.map(({ name }) => name),
    options,
  );
  const has = (type: string) => services.some((service) => mentions(service, type));
  return { services, ports, hasBuckets: has('AWS::S3::Bucket'), hasQueues: has('AWS::SQS::Queue') };
};

/** Throws, naming each, when ports of a plan are taken. */
export const assertPortsFree = async (
  { services, ports, hasBuckets, hasQueues }: Plan,
  options: Options,
  given: GivenEngines,
) => {
  const websockets = services.filter((service) => mentions(service, 'websocket:')).map(({ name }) => name);
  const use = { s3: hasBuckets && !given.s3, sqs: hasQueues && !given.sqs && !given.ownSqs, websockets };
  const isNeeded = ({ port }: { port: number }) =>
    !(given.dynamodb && port === ports.dynamodb) && !(options.only !== undefined && port === ports.gateway);
  const taken = await takenPorts(namedPorts(ports, use).filter(isNeeded));
  if (taken.length === 0) return;
  const hint = options.only === undefined ? '' : `\nIf npm start is running, ${options.only} is running already.`;
  throw new Error(describeTaken(taken) + hint);
};
