import { Failure } from '@app/command-line/failure';
import { CloudNotUp } from './cloudNotUp.ts';

interface Asking {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

// As local-cloud's inspection has them: importing it would load most of the cloud with each command.
const inspectionPath = '/_local/';
const toolHeader = { 'x-local-tool': 'operations' };

const reasonOf = ({ cause, message }: Error) => {
  const { code, message: details } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ?? details ?? message;
};

const notUp = (gateway: string, error: Error) =>
  new CloudNotUp(
    `No local cloud answers at ${gateway} (${reasonOf(error)}). Start it with npm start, or say where it is with --gateway <url>.`,
    1,
    { cause: error },
  );

const isOf = (response: Response, type: string) => response.headers.get('content-type')?.startsWith(type) ?? false;

const stranger = (gateway: string, { status }: Response) =>
  new Failure(`What answers at ${gateway} is no local cloud: its answer (status ${status}) is of another kind.`);

/** A problem (RFC 9457) as a failure: its detail says what is wrong. */
const failureOf = async (gateway: string, response: Response) => {
  if (!isOf(response, 'application/problem+json')) return stranger(gateway, response);
  const { detail, title } = (await response.json()) as { detail?: string; title?: string };
  return new Failure(detail ?? title ?? `Status ${response.status}`, response.status === 400 ? 2 : 1);
};

/**
 * Asks the local cloud's inspection API. What it refuses, and a cloud that is not up, is thrown as a `Failure`.
 * An abort is thrown as it is.
 */
export const createInspector = (gateway: string) => {
  const ask = async (path: string, { method = 'GET', body, headers = {}, signal }: Asking = {}) => {
    const response = await fetch(new URL(inspectionPath + path, gateway), {
      method,
      headers: {
        ...headers,
        ...toolHeader,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch((error: Error) => {
      throw signal?.aborted ? error : notUp(gateway, error);
    });
    if (!response.ok) throw await failureOf(gateway, response);
    return response;
  };
  return {
    json: async <T>(path: string, asking?: Asking): Promise<T> => {
      const response = await ask(path, asking);
      if (!isOf(response, 'application/json')) throw stranger(gateway, response);
      return (await response.json()) as T;
    },
    /** Server-Sent Events, as text in chunks of any size. */
    events: async (path: string, asking?: Asking): Promise<AsyncIterable<string>> => {
      const response = await ask(path, asking);
      if (!response.body || !isOf(response, 'text/event-stream')) throw stranger(gateway, response);
      return response.body.pipeThrough(new TextDecoderStream());
    },
  };
};

export type Inspector = ReturnType<typeof createInspector>;
