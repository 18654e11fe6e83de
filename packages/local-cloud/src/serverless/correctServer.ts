import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { correctBodyType } from './bodyType.ts';
import { correctWebsockets } from './correctWebsockets.ts';
import { correctCors } from './corsOnServer.ts';
import { correctFunctionErrors } from './functionErrors.ts';
import type { HapiServer } from './hapi.ts';
import { correctTrailingSlash } from './trailingSlash.ts';
import type { Serverless } from './types.ts';

interface HttpServer {
  prototype: { createServer(this: { getServer(): HapiServer }): Promise<void> };
}

let createServer: HttpServer['prototype']['createServer'] | undefined;

/** The service that serverless-offline starts next answers as API Gateway would, where serverless-offline does not. */
export const correctServer = async (serverless: Serverless) => {
  const main = pathToFileURL(
    createRequire(join(serverless.serviceDir, 'serverless.yml')).resolve('serverless-offline'),
  );
  const module = (await import(new URL('events/http/HttpServer.js', main).href)) as { default: HttpServer };
  await correctWebsockets(serverless, main);
  const { prototype } = module.default;
  createServer ??= prototype.createServer; // oxlint-disable-line typescript/unbound-method -- called with the server
  const original = createServer;
  prototype.createServer = async function createCorrectedServer() {
    await original.call(this);
    const server = this.getServer();
    correctCors(server, serverless);
    correctFunctionErrors(server);
    correctBodyType(server);
    correctTrailingSlash(server, serverless);
    server.listener.keepAliveTimeout = 60_000; // the gateway keeps its connections longer than Node's 5 s
  };
};
