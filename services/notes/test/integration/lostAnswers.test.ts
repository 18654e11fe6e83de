import { documentClient } from '@app/dynamodb';
import { disturbedWritesOf } from '@app/test-support';
import { lostAnswers } from '@app/test-support/lostAnswers';
import { notesApi } from '../support/notesApi.ts';

const { testWrites } = await lostAnswers(documentClient);
const api = notesApi();
const writes = disturbedWritesOf({
  api,
  input: () => ({ title: 'Milk', content: 'Two pints' }),
  changes: () => ({ title: 'Oat milk' }),
  resourceOf: ({ body }) => body,
  keyName: 'id',
  deleted: 204,
});

testWrites('a write', writes);
