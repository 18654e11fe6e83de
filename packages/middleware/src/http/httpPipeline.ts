import type { CompiledOperation } from '@app/contracts';
import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { keepWarm } from '../keepWarm.ts';
import { answers, type PublishedAnswer } from './answers.ts';
import { corsOrigins, exposeHeaders } from './cors.ts';
import { type HttpEvent, type HttpResult, methodOf } from './httpEvent.ts';
import { observedRequest } from './observedRequest.ts';
import { problemResponse } from './problemResponse.ts';
import { checkBody } from './requestBody.ts';
import { responseHeaders } from './responseHeaders.ts';

/** The whole HTTP pipeline, once. `after` and `onError` hooks unwind bottom-up, so every header reaches errors too. */
export const httpPipeline = (
  { operationId, path, headers, hasBody }: Pick<CompiledOperation, 'operationId' | 'path' | 'headers' | 'hasBody'>,
  handler: (event: HttpEvent) => Promise<HttpResult>,
) => {
  const pipeline = middy<HttpEvent, HttpResult>({ timeoutEarlyInMillis: 0 })
    .use(exposeHeaders())
    .use(httpCors({ origins: corsOrigins() }))
    .use(responseHeaders())
    .use(httpErrorHandler({ logger: false }))
    .use(problemResponse())
    .use(hasBody ? [checkBody(), httpJsonBodyParser({ disableContentTypeCheck: true })] : [])
    .handler(handler);
  const observe = observedRequest({ operationId, path, headers }, (event, context) => pipeline(event, context));
  return keepWarm<HttpEvent, HttpResult>(async (event, context) => {
    const result = await observe(event, context);
    if (answers.hasSubscribers)
      answers.publish({ operationId, method: methodOf(event), result } satisfies PublishedAnswer);
    return result;
  });
};
