import type { IncomingMessage } from 'node:http';
import type { Serverless } from '../../framework/types.ts';
import type { AllowsOrigin } from '../../guard/guard.ts';
import { type CorsPolicy, httpApiPolicy, preflightHeaders, responseHeaders, restPreflightPolicy } from '../cors.ts';
import type { Answer } from './result.ts';

type Headers = Readonly<Record<string, string | string[]>>;

const isPreflight = ({ method, headers }: IncomingMessage) =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

const withOrigin = (vary: string | string[] | undefined) => {
  const names = [vary ?? []].flat().flatMap((list) => list.split(/,\s*/));
  return names.some((name) => name.toLowerCase() === 'origin') ? names : [...names, 'Origin'];
};

const withoutCors = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')));

const lets = (policy: CorsPolicy | undefined, origin: string) =>
  policy !== undefined && (policy.origins.includes('*') || policy.origins.includes(origin));

/**
 * CORS as API Gateway has it. An HTTP API goes by `provider.httpApi.cors`, over anything its functions say. A REST API
 * answers preflights by its events and lets its functions speak for themselves. An origin that is not on the list gets no
 * CORS header.
 */
export const createApiCors = ({ service }: Pick<Serverless, 'service'>) => {
  const ofApi = httpApiPolicy(service.provider.httpApi?.cors);
  const events = Object.values(service.functions).flatMap((each) => each.events ?? []);
  const varies = ofApi !== undefined && !ofApi.origins.includes('*');

  /** Headers for whatever the API says, by itself or through a function. */
  const headersFor = (origin: string | undefined): Record<string, string> => ({
    ...(ofApi && origin !== undefined && responseHeaders(ofApi, origin)),
    ...(varies && { vary: 'Origin' }),
  });

  return {
    headersFor,
    /** Whether pages of an origin may call what is at this path. */
    allows:
      (path: string): AllowsOrigin =>
      (origin) =>
        lets(ofApi, origin) || lets(restPreflightPolicy(events, path), origin),
    /** The answer to a preflight, if it is the gateway that answers it. */
    preflight: (request: IncomingMessage, path: string): Answer | undefined => {
      const policy = ofApi ?? restPreflightPolicy(events, path);
      const { origin } = request.headers;
      if (!policy || origin === undefined || !isPreflight(request)) return undefined;
      const headers = { ...preflightHeaders(policy, origin), ...(varies && { vary: 'Origin' }) };
      return { status: ofApi ? 204 : 200, headers, body: Buffer.alloc(0) };
    },
    /** What a function answered, with the headers that the gateway sees to. */
    apply: (answer: Answer, origin: string | undefined): Answer => {
      if (!ofApi) return answer;
      const headers: Headers = { ...withoutCors(answer.headers), ...headersFor(origin) };
      return {
        ...answer,
        headers: varies ? { ...headers, vary: withOrigin(answer.headers['vary']).join(', ') } : headers,
      };
    },
  };
};
