export { disturbances, disturbDynamoDb } from './disturbedDynamoDb.ts';
export { disturbedWritesOf } from './disturbedWrites.ts';
export { httpApiEvent, lambdaContext, restApiEvent, type TestRequest } from './events.ts';
export { type FaultProxy, startFaultProxy } from './faultProxy/faultProxy.ts';
export type { Fault } from './faultProxy/faults.ts';
export { callGateway, type HttpAnswer } from './http.ts';
export { collectLogLines } from './logLines.ts';
export { ownTable } from './ownTable.ts';
export { socketEvent, sqsEvent, type TestMessage } from './queueEvents.ts';
export { type Round, raceForKeys, replayOf, statusesOf } from './raceForKeys.ts';
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
