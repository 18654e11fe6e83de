export { httpApiEvent, lambdaContext, restApiEvent, type TestRequest } from './events.ts';
export { parsed } from './responses.ts';
