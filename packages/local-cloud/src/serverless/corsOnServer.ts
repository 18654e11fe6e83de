import { httpApiPolicy, preflightHeaders, responseHeaders, restPreflightPolicy } from '../cors.ts';
import type { HapiRequest, HapiServer, Headers } from './hapi.ts';
import type { Serverless } from './types.ts';

const isCors = (name: string) => name.startsWith('access-control-');
const corsOf = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => isCors(name)));
const isPreflight = ({ method, headers }: HapiRequest) =>
  method === 'options' && headers['origin'] !== undefined && headers['access-control-request-method'] !== undefined;

const withOrigin = (vary: string | string[] | undefined) => {
  const names = [vary ?? []].flat().flatMap((list) => list.split(/,\s*/));
  return names.some((name) => name.toLowerCase() === 'origin') ? vary : [...names, 'Origin'].join(', ');
};

/** The CORS headers that API Gateway would let out with this answer. */
const createJudge = ({ service }: Serverless) => {
  const ofApi = httpApiPolicy(service.provider.httpApi?.cors);
  const events = Object.values(service.functions).flatMap((each) => each.events ?? []);
  const policyOfPreflight = (request: HapiRequest) => ofApi ?? restPreflightPolicy(events, request.path);
  return {
    /** The status of the preflight's answer, if it is the gateway that answers it. */
    preflightStatus: (request: HapiRequest) => {
      if (!isPreflight(request) || !policyOfPreflight(request)) return undefined;
      return ofApi ? 204 : 200;
    },
    varies: ofApi !== undefined && !ofApi.origins.includes('*'),
    headers: (request: HapiRequest): Headers => {
      const origin = request.headers['origin'];
      const policy = isPreflight(request) ? policyOfPreflight(request) : ofApi;
      if (!policy) return request.app.corsOfFunction ?? {}; // a REST API lets its functions speak for themselves
      if (!origin) return {};
      return isPreflight(request) ? preflightHeaders(policy, origin) : responseHeaders(policy, origin);
    },
  };
};

/**
 * serverless-offline answers any Origin with that Origin, whatever is configured. From here on the server answers as API
 * Gateway does: an HTTP API by `provider.httpApi.cors`, over anything its functions say; a REST API's preflights by its
 * events, its answers by its functions. An origin that is not on the list gets no CORS header.
 */
export const correctCors = (server: HapiServer, serverless: Serverless) => {
  const judge = createJudge(serverless);
  const route = server.route.bind(server);
  server.route = (definition) => route({ ...definition, options: { ...definition.options, cors: false } });
  server.ext('onRequest', (request, toolkit) => {
    const status = judge.preflightStatus(request);
    return status === undefined ? toolkit.continue : toolkit.response().code(status).takeover();
  });
  server.ext('onPostHandler', (request, toolkit) => {
    request.app.corsOfFunction = corsOf(request.response.headers);
    return toolkit.continue;
  });
  server.ext('onPreResponse', (request, toolkit) => {
    const { headers } = request.response.isBoom ? request.response.output : request.response;
    for (const name of Object.keys(headers).filter(isCors)) delete headers[name];
    Object.assign(headers, judge.headers(request));
    if (judge.varies) headers['vary'] = withOrigin(headers['vary']);
    return toolkit.continue;
  });
};
