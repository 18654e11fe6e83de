import { rmSync } from 'node:fs';
import type { DataFolder } from '../data/dataFolder.ts';
import { explain } from '../data/explain.ts';
import type { Machine } from '../dynamodb/engine/choice.ts';
import { type Dynamodb, startDynamodb } from '../dynamodb/engine/engine.ts';
import type { Writers } from '../dynamodb/streams/writers.ts';
import type { Gate } from '../gate/gate.ts';
import { type Build, createBuild } from '../lambda/build/build.ts';
import type { Lifecycle } from '../process/lifecycle.ts';
import type { Options } from '../process/options.ts';
import { type S3, startS3 } from '../s3/engine.ts';
import { type Sqs, startSqs } from '../sqs/engine.ts';
import { type Ssm, startSsm } from '../ssm/engine.ts';
import type { GivenEngines } from './givenEngines.ts';
import type { Plan } from './plan.ts';
import { generateOnce } from './reload/generate.ts';

interface EngineOptions {
  readonly machine: Machine;
  readonly given: GivenEngines;
  readonly folder: DataFolder;
  readonly options: Options;
  readonly lifecycle: Lifecycle;
  readonly gate: Gate;
  readonly writers: Writers;
  readonly log: (message: string) => void;
}

/** An engine that stops with the cloud; that it does not start is the cloud's end. */
const bound = <E extends { readonly stop: () => Promise<void> }>(
  name: string,
  starting: Promise<E>,
  lifecycle: Lifecycle,
): Promise<E> => {
  starting.then(
    (engine) => lifecycle.atEnd(engine.stop),
    (error: Error) => lifecycle.end(`${name} could not be started.\n${error.message}`),
  );
  return starting;
};

/** DynamoDB; that it dies is the cloud's end, too. */
const startBoundDynamodb = (plan: Plan, options: EngineOptions): Promise<Dynamodb> => {
  const { machine, given, folder, lifecycle, log } = options;
  const { allowedHosts, data } = options.options;
  const starting = startDynamodb(
    { ...machine, endpoint: given.dynamodb },
    {
      port: plan.ports.dynamodb,
      folder: folder.database,
      isShared: given.besideCloud,
      allowedHosts,
      gate: options.gate,
      wrote: options.writers.note,
      log,
    },
  );
  const watchOver = async () => {
    const engine = await starting;
    lifecycle.atEnd(engine.stop);
    const lastLines = await engine.ended;
    if (!lifecycle.isEnding())
      await lifecycle.end(`DynamoDB (${engine.label}) has died.\n${explain(lastLines, { data }) ?? lastLines}`);
  };
  watchOver().catch((error: Error) => lifecycle.end(error.message));
  return starting;
};

/** Builds all functions; code that cannot be built at the start is the cloud's end. */
const startBuild = ({ services }: Plan, { folder, options: { root }, lifecycle }: EngineOptions): Promise<Build> => {
  const building = async () => {
    await generateOnce(root);
    const build = await createBuild(services, { root, output: folder.build });
    lifecycle.atEnd(async () => {
      await build.dispose();
      rmSync(folder.build, { recursive: true, force: true });
    });
    await build.rebuild();
    return build;
  };
  const built = building();
  built.catch((error: Error) => lifecycle.end(`The functions could not be built.\n${error.message}`));
  return built;
};

/** Starts what services need while the framework is loading. S3, SQS and SSM are undefined where no service has use of them. */
export const startEngines = (plan: Plan, options: EngineOptions) => {
  const { ports, hasBuckets, hasQueues, hasSecrets } = plan;
  const { given, folder, lifecycle } = options;
  const dynamodb = startBoundDynamodb(plan, options);
  const { allowedHosts, root } = options.options;
  const startQueues = () =>
    startSqs({
      port: given.ownSqs ? 0 : ports.sqs,
      endpoint: given.sqs,
      folder: folder.queues,
      allowedHosts,
      gate: options.gate,
      log: options.log,
    });
  const startBuckets = () =>
    startS3({
      port: ports.s3,
      endpoint: given.s3,
      folder: folder.objects,
      gate: options.gate,
      allowedHosts,
      log: options.log,
    });
  const startParameters = () =>
    startSsm({
      port: given.ownSsm ? 0 : ports.ssm,
      endpoint: given.ssm,
      root,
      kept: folder.secrets,
      gate: options.gate,
      allowedHosts,
      log: options.log,
    });
  const sqs: Promise<Sqs> | undefined = hasQueues ? bound('SQS', startQueues(), lifecycle) : undefined;
  const s3: Promise<S3> | undefined = hasBuckets ? bound('S3', startBuckets(), lifecycle) : undefined;
  const ssm: Promise<Ssm> | undefined = hasSecrets ? bound('Parameter Store', startParameters(), lifecycle) : undefined;
  return { dynamodb, sqs, s3, ssm, build: startBuild(plan, options) };
};

export type Engines = ReturnType<typeof startEngines>;
