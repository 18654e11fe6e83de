import type { IncomingMessage } from 'node:http';
import { isLocalHost } from './hosts.ts';

/** Why a request is not answered. The status is 400 for a `Host` that cannot be read, 403 for everything else. */
export interface Refusal {
  readonly status: 400 | 403;
  readonly detail: string;
}

/** Whether the CORS rules of what a request is for let a page of this origin have the answer. */
export type AllowsOrigin = (origin: string) => boolean;

type Asked = Pick<IncomingMessage, 'method' | 'headers' | 'headersDistinct'>;

/** Undefined for an origin that has no host: `null`, a `file:` page, or no URL at all. */
const hostOfOrigin = (origin: string) => {
  const { host, protocol } = URL.parse(origin) ?? {};
  return protocol === 'http:' || protocol === 'https:' ? host : undefined;
};

const withoutDefaultPort = (host: string) => host.toLowerCase().replace(/:(?:80|443)$/, '');

/** A link that somebody followed, or an address that was typed: the answer is shown to them and read by no page. */
const isNavigation = ({ method, headers }: Asked) =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';

const judgeHost = ({ headersDistinct: { host = [] } }: Asked, allowed: readonly string[]): Refusal | undefined => {
  const [only = '', ...others] = host;
  if (host.length === 0) return { status: 400, detail: 'The request has no Host field.' };
  if (others.length > 0) return { status: 400, detail: 'The request has more than one Host field.' };
  if (isLocalHost(only, allowed)) return undefined;
  return {
    status: 403,
    detail: `The local cloud does not answer for the host ${JSON.stringify(only)}; npm start -- --allow-host <name> allows one.`,
  };
};

const judgeOrigin = (request: Asked, allowsOrigin: AllowsOrigin): Refusal | undefined => {
  const { origin, host = '', 'sec-fetch-site': site } = request.headers;
  if (origin === undefined) {
    if (site !== 'cross-site' || isNavigation(request)) return undefined;
    return { status: 403, detail: 'The local cloud does not answer pages of other sites.' };
  }
  const own = hostOfOrigin(origin);
  if (own !== undefined && withoutDefaultPort(own) === withoutDefaultPort(host)) return undefined;
  if (allowsOrigin(origin)) return undefined;
  return { status: 403, detail: `Pages of the origin ${JSON.stringify(origin)} are not allowed here.` };
};

const noOrigin: AllowsOrigin = () => false;

/**
 * Keeps web pages from driving the local cloud. A request passes when its one `Host` is local or one of `allowedHosts`
 * (names in lower case, without a port), and when no page of another origin sent it, unless `allowsOrigin` says that the
 * CORS rules of its target let that origin in. Tools send neither `Origin` nor `Sec-Fetch-Site`, and pass.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export const createGuard =
  (allowedHosts: readonly string[] = []) =>
  (request: Asked, allowsOrigin: AllowsOrigin = noOrigin): Refusal | undefined =>
    judgeHost(request, allowedHosts) ?? judgeOrigin(request, allowsOrigin);

export type Guard = ReturnType<typeof createGuard>;
