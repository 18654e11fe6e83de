/** The custom domains of a stage; empty where it has none. */
export interface Domains {
  /** Of HTTP and REST APIs: `api.example.com`. */
  readonly domainName: string;
  /** Of WebSocket APIs, which API Gateway lets share no domain with the others: `ws.example.com`. */
  readonly socketDomainName: string;
}

const hostName = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/;

/** Throws, naming the parameter, where a domain is no host name, or the same for both. */
export const assertDomains = (domains: Domains): void => {
  for (const [name, value] of Object.entries(domains) as [string, string][])
    if (value !== '' && !hostName.test(value))
      throw new Error(
        `${name} must be a host name in lower case, without a scheme or a path (api.example.com), not “${value}”.`,
      );
  const { domainName, socketDomainName } = domains;
  if (domainName !== '' && domainName === socketDomainName)
    throw new Error(
      `socketDomainName must be another than domainName, “${domainName}”: API Gateway maps WebSocket APIs to a domain of their own.`,
    );
};
