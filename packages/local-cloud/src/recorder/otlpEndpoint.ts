const notAnEndpoint = (reason: string) =>
  new Error(`--otlp must be the http or https URL of a collector, such as http://127.0.0.1:4318: ${reason}.`);

/**
 * Where spans are posted, from the URL of a collector: `v1/traces` below it, unless it ends so. Throws on any other text.
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp
 */
export const otlpEndpoint = (text: string): string => {
  if (!URL.canParse(text)) throw notAnEndpoint(`"${text}" is not a URL`);
  const url = new URL(text);
  if (url.username || url.password) throw notAnEndpoint('it must not have a user name or a password');
  if (!/^https?:$/.test(url.protocol)) throw notAnEndpoint(`"${text}" has the scheme "${url.protocol}"`);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/v1/traces') ? path : `${path}/v1/traces`;
  url.hash = '';
  return url.href;
};
