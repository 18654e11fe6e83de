/**
 * `pnpm test:integration [--engine dynamodb-local] [--again] [Jest's arguments]`: the integration and end-to-end tests,
 * against the local cloud's own engine or AWS's DynamoDB Local (Java and Maven must be there). With `--again`, a few files
 * that failed are run once more by themselves.
 */
import { runWithSecondChance } from './check/runAgain.ts';
import { startDynamodbLocal } from './dynamodbLocal/start.ts';
import { runJest } from './jest.ts';

const runOnce = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> =>
  runJest('integration', args, env);

const words = process.argv.slice(2).filter((word) => word !== '--again');
const run = process.argv.includes('--again') ? runWithSecondChance : runOnce;
const [flag, engine, ...more] = words;
const isNamed = flag === '--engine';
const oneForEachCore = ['--maxWorkers=100%']; // its engine takes a core for itself
/** Not the local cloud's own tests, which are about its own engine, nor those with a cloud of their own, which have that too. */
const onlyServices = ['--testPathPatterns', 'services/', '--testPathIgnorePatterns', '/ownCloud/'];

if (isNamed && engine !== 'dynamodb-local') {
  console.error(`--engine takes dynamodb-local, not ${engine ?? 'nothing'}`);
  process.exitCode = 2;
} else if (isNamed) {
  const dynamodb = await startDynamodbLocal();
  try {
    process.exitCode = await run([...onlyServices, ...oneForEachCore, ...more], {
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
      INTEGRATION_ENGINE: engine,
    });
  } finally {
    dynamodb.stop();
  }
} else {
  process.exitCode = await run(words);
}
