export { httpApiEvent, lambdaContext, restApiEvent, type TestRequest } from './events.ts';
export { callGateway } from './http.ts';
export { collectLogLines } from './logLines.ts';
export { ownTable } from './ownTable.ts';
export { parsed } from './responses.ts';
export {
  cancelled,
  type DynamoDbReply,
  type DynamoDbRequest,
  noAnswer,
  refusal,
  reply,
  stubDynamoDb,
} from './stubDynamoDb.ts';
