/**
 * `pnpm test:integration [--engine dynamodb-local] [Jest's arguments]`: the integration and end-to-end tests, against the
 * local cloud's own engine or AWS's DynamoDB Local (Java and Maven must be there).
 */
import { startDynamodbLocal } from './dynamodbLocal/start.ts';
import { runJest } from './jest.ts';

const [flag, engine, ...more] = process.argv.slice(2);
const isNamed = flag === '--engine';
const oneForEachCore = ['--maxWorkers=100%']; // its engine takes a core for itself
const onlyServices = ['--testPathPatterns', 'services/']; // the local cloud's own tests are about its own engine

if (isNamed && engine !== 'dynamodb-local') {
  console.error(`--engine takes dynamodb-local, not ${engine ?? 'nothing'}`);
  process.exitCode = 2;
} else if (isNamed) {
  const dynamodb = await startDynamodbLocal();
  try {
    process.exitCode = await runJest('integration', [...onlyServices, ...oneForEachCore, ...more], {
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
      INTEGRATION_ENGINE: engine,
    });
  } finally {
    dynamodb.stop();
  }
} else {
  process.exitCode = await runJest('integration', process.argv.slice(2));
}
