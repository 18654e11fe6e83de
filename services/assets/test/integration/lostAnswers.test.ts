import { documentClient } from '@app/dynamodb';
import { disturbedWritesOf } from '@app/test-support';
import { lostAnswers } from '@app/test-support/lostAnswers';
import { aFile, assetsApi } from '../support/assetsApi.ts';

const { testWrites } = await lostAnswers(documentClient);
const api = assetsApi();
const writes = disturbedWritesOf({
  api,
  input: () => aFile,
  changes: () => ({ fileName: 'other.txt' }),
  resourceOf: ({ body }) => ({ ...body, ...(body?.['asset'] as object | undefined) }),
  keyName: 'assetId',
  deleted: 204,
});

testWrites('a write', writes);

testWrites(
  'the second write of a create under a key,',
  writes.filter(([name]) => name === 'POST with a key'),
  1,
);
