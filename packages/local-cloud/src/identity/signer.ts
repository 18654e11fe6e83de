import type { IncomingHttpHeaders } from 'node:http';

/** Whose key a request is signed with. */
export interface Signer {
  readonly accessKeyId: string;
  /** That of the client: resources are looked for there. */
  readonly region: string;
  /** Whether the signature is in the query: the link was made by the key's owner, and is used by whoever has it. */
  readonly isPresigned: boolean;
}

const inHeader = /Credential=([^/,\s]+)\/(?:\d+\/([\w-]+))?/;

/** The credential in a query, read as S3 reads it: parameter by parameter, each decoded. */
const inQuery = (url: string) => {
  const start = url.indexOf('?');
  if (start === -1) return undefined;
  const credential = new URLSearchParams(url.slice(start + 1)).get('X-Amz-Credential');
  const [accessKeyId, , region = ''] = credential?.split('/') ?? [];
  return accessKeyId ? { accessKeyId, region, isPresigned: true } : undefined;
};

/** Reads who has signed a request (Signature Version 4); undefined for one without a signature. */
export const signerOf = ({ authorization }: IncomingHttpHeaders, url = ''): Signer | undefined => {
  const [, accessKeyId, region = ''] = inHeader.exec(authorization ?? '') ?? [];
  return accessKeyId === undefined ? inQuery(url) : { accessKeyId, region, isPresigned: false };
};

/** The same `Authorization` with another key's id: engines that keep a database for each key must see one caller. */
export const signedAs = (authorization: string, accessKeyId: string): string =>
  authorization.replace(/Credential=[^/,\s]+/, `Credential=${accessKeyId}`);
