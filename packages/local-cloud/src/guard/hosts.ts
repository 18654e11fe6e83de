const loopbackName = /^(?:[a-z0-9-]+\.)*localhost$/;
const loopbackAddress = /^127(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const authority = /^(?<name>\[[0-9a-f:.]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/;

/** `Host` as RFC 9110, section 7.2, has it: a name or an address, with or without a port. Undefined for anything else. */
const nameIn = (host: string) => authority.exec(host.toLowerCase())?.groups?.['name'];

/**
 * Whether a `Host` names this machine: `localhost`, a name under it, 127.0.0.0/8 or `[::1]`, or one of `allowed`.
 * A page of another site that has its own name resolve to 127.0.0.1 (DNS rebinding) sends that name, which is none of these.
 */
export const isLocalHost = (host: string, allowed: readonly string[] = []): boolean => {
  const name = nameIn(host);
  if (name === undefined) return false;
  return loopbackName.test(name) || loopbackAddress.test(name) || name === '[::1]' || allowed.includes(name);
};
