import type { IncomingMessage, ServerResponse } from 'node:http';
import { assertMayChange } from './conditions.ts';
import type { Headers } from './receive.ts';
import type { Store, Stored } from './store.ts';
import type { Target } from './target.ts';
import type { Creation } from './types.ts';

/** A request whose sender is known, and whose bucket there is. */
export interface Call {
  readonly target: Target;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's headers, and over them the `x-amz-…` parameters of its query. */
  readonly headers: Headers;
  readonly store: Store;
  readonly buckets: () => readonly string[];
  readonly assertBucket: (name: string) => void;
}
export type Operation = (call: Call) => Promise<void> | void;

export const sendXml = (response: ServerResponse, xml: string) => {
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(xml) });
  response.end(xml);
};
export const sendNothing = (response: ServerResponse, status: number, headers: Record<string, string> = {}) =>
  void response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': '0' }) }).end();

/** Makes an object of stored bytes, if its conditions hold. They are judged in the turn that writes it. */
export const putStored = (
  { store, target: { bucket, key }, headers }: Call,
  stored: Stored,
  { how, kept }: { readonly how: Creation; readonly kept: Record<string, string> },
) => {
  try {
    assertMayChange(headers, store.catalog.find(bucket, key));
    return store.put({ bucket, key, ...stored, headers: kept, how });
  } catch (error) {
    void store.discard(stored.file);
    throw error;
  }
};
