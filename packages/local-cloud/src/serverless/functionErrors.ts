import type { HapiServer } from './hapi.ts';

/** What serverless-offline makes of a function that threw: `errorMessage`, `errorType` and `stackTrace`. */
const isFunctionError = (source: unknown) => {
  if (typeof source !== 'string' || !source.startsWith('{"errorMessage"')) return false;
  return Object.keys(JSON.parse(source) as object).join() === 'errorMessage,errorType,stackTrace';
};

/** With payload 2.0 serverless-offline answers for a function that threw with 200, message and stack; an HTTP API says 500 and no more. */
export const correctFunctionErrors = (server: HapiServer) => {
  server.ext('onPostHandler', ({ response }, toolkit) => {
    if (isFunctionError(response.source)) {
      response.statusCode = 500;
      response.source = '{"message":"Internal Server Error"}';
    }
    return toolkit.continue;
  });
};
