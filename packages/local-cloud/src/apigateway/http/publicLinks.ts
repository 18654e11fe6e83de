import type { Answer } from './result.ts';

interface PublicLinks {
  /** Names that this machine goes by besides its own, in lower case. */
  readonly allowedHosts: readonly string[];
  /** What links that functions sign begin with: S3's own URL. */
  readonly endpoint: string | undefined;
}

/**
 * Links to objects name S3 by this machine's own address. A caller who came by an allowed name, from outside a container,
 * reaches S3 by that name alone, so its answers have the name in place of the address; S3 takes links by either.
 */
export const createPublicLinks =
  ({ allowedHosts, endpoint }: PublicLinks) =>
  (answer: Answer, host = ''): Answer => {
    const [name = ''] = host.toLowerCase().split(':');
    const { port = '' } = (endpoint && URL.parse(endpoint)) || {};
    const own = `${endpoint}/`;
    if (!endpoint || !allowedHosts.includes(name) || !answer.body.includes(own)) return answer;
    return { ...answer, body: Buffer.from(answer.body.toString().replaceAll(own, `http://${name}:${port}/`)) };
  };

export type ShowLinks = ReturnType<typeof createPublicLinks>;
