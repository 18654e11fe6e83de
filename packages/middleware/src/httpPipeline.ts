import type { Operation } from '@app/contracts';
import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { corsOrigins, exposeHeaders } from './cors.ts';
import type { HttpEvent, HttpResult } from './httpEvent.ts';
import { keepWarm } from './keepWarm.ts';
import { problemResponse } from './problemResponse.ts';
import { checkBody } from './requestBody.ts';
import { requestLog } from './requestLog.ts';
import { responseHeaders } from './responseHeaders.ts';

/** The whole HTTP pipeline, once. `after` and `onError` hooks unwind bottom-up, so every header reaches errors too. */
export const httpPipeline = (
  { operationId, path, request }: Pick<Operation, 'operationId' | 'path' | 'request'>,
  handler: (event: HttpEvent) => Promise<HttpResult>,
) => {
  const pipeline = middy<HttpEvent, HttpResult>({ timeoutEarlyInMillis: 0 })
    .use(requestLog({ operationId, path }))
    .use(exposeHeaders())
    .use(httpCors({ origins: corsOrigins() }))
    .use(responseHeaders())
    .use(httpErrorHandler({ logger: false }))
    .use(problemResponse())
    .use(request.body ? [checkBody(), httpJsonBodyParser({ disableContentTypeCheck: true })] : [])
    .handler(handler);
  return keepWarm<HttpEvent, HttpResult>(pipeline);
};
