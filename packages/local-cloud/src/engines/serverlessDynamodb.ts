/**
 * A program: DynamoDB Local as serverless-dynamodb starts it. Arguments: port, data folder, whether by Docker.
 * It downloads nothing: for Java, `serverless dynamodb install --localPath .dynamodb` at the root comes first.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [port, folder, byDocker] = process.argv.slice(2);
const repository = join(import.meta.dirname, '../../../..');
const plugin = createRequire(join(repository, 'package.json')).resolve('serverless-dynamodb');
const local = createRequire(plugin)('aws-dynamodb-local') as { start(options: object): Promise<void> };

const docker = byDocker === 'true';
// A container sees no folder of ours: there data is kept in memory.
const storage = docker ? {} : { inMemory: false, dbPath: folder };
await local.start({
  port: Number(port),
  docker,
  installPath: join(repository, '.dynamodb'),
  sharedDb: true,
  ...storage,
});
