import { rmSync } from 'node:fs';
import { type Build, createBuild } from './build.ts';
import type { DataFolder } from './dataFolder.ts';
import type { Machine } from './engines/choice.ts';
import { type Dynamodb, startDynamodb } from './engines/dynamodb.ts';
import { type S3, type S3Options, startS3 } from './engines/s3.ts';
import { type Sqs, startSqs } from './engines/sqs.ts';
import type { Lifecycle } from './lifecycle.ts';
import { generateOnce } from './reload/generate.ts';
import type { Service } from './services.ts';

/** Starts DynamoDB while the rest is loading; that it does not start, or dies later, is the end of the cloud. */
export const startEngine = (
  machine: Machine,
  { folder, port, lifecycle }: { folder: DataFolder; port: number; lifecycle: Lifecycle },
): Promise<Dynamodb> => {
  const starting = startDynamodb(machine, { port, folder: folder.database });
  const watchOver = async () => {
    const engine = await starting;
    lifecycle.atEnd(engine.stop);
    const lastLines = await engine.ended;
    if (!lifecycle.isEnding()) await lifecycle.end(`DynamoDB (${engine.label}) has died.\n${lastLines}`);
  };
  watchOver().catch((error: Error) => lifecycle.end(error.message));
  return starting;
};

/** Starts SQS while the rest is loading; that it does not start is the end of the cloud. */
export const startSqsEngine = (
  options: Parameters<typeof startSqs>[0] & { readonly lifecycle: Lifecycle },
): Promise<Sqs> => {
  const starting = startSqs(options);
  starting.then(
    (engine) => options.lifecycle.atEnd(engine.stop),
    (error: Error) => options.lifecycle.end(`SQS could not be started.\n${error.message}`),
  );
  return starting;
};

/** Starts S3; that it does not start is the end of the cloud. */
export const startS3Engine = ({
  lifecycle,
  ...options
}: S3Options & { readonly lifecycle: Lifecycle }): Promise<S3> => {
  const starting = startS3(options);
  starting.then(
    (engine) => lifecycle.atEnd(engine.stop),
    (error: Error) => lifecycle.end(`S3 could not be started.\n${error.message}`),
  );
  return starting;
};

/** Builds all functions while the rest is loading; code that cannot be built at the start is the end of the cloud. */
export const startBuild = (
  services: readonly Service[],
  { root, folder, lifecycle }: { root: string; folder: DataFolder; lifecycle: Lifecycle },
): Promise<Build> => {
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
