import { documentClient } from '@app/dynamodb';
import { disturbedWritesOf } from '@app/test-support';
import { lostAnswers } from '@app/test-support/lostAnswers';
import { anOwner, tasksApi } from '../support/tasksApi.ts';

const { testWrites } = await lostAnswers(documentClient);
const api = tasksApi(anOwner());
const writes = disturbedWritesOf({
  api,
  input: () => ({ title: 'Feed the cat' }),
  changes: () => ({ status: 'completed' }),
  resourceOf: ({ body }) => body,
  keyName: 'taskId',
  deleted: 200,
});

testWrites('a write', writes);
