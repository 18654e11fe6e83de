/**
 * Stands in for node:http in bundles. An `import` of it reads every export, and the WebSocket among them loads all of
 * fetch (15 ms of a cold start, for Middy's list of status texts); `getBuiltinModule` reads no more than is named here.
 */
const http = process.getBuiltinModule('node:http');

export const {
  Agent,
  ClientRequest,
  createServer,
  get,
  globalAgent,
  IncomingMessage,
  maxHeaderSize,
  METHODS,
  OutgoingMessage,
  request,
  Server,
  ServerResponse,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
} = http;
export default http;
