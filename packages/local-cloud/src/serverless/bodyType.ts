import type { HapiServer } from './hapi.ts';

/**
 * serverless-offline takes a body without a Content-Type for JSON, as no API Gateway does. It reads the raw fields: what
 * RFC 9110, section 8.3, has such a body taken for is put there.
 */
export const correctBodyType = (server: HapiServer) => {
  server.ext('onRequest', ({ headers, raw }, toolkit) => {
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (hasBody && !headers['content-type']) raw.req.rawHeaders.push('Content-Type', 'application/octet-stream');
    return toolkit.continue;
  });
};
