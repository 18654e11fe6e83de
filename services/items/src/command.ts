import type { ItemChanges, ItemInput } from '@app/contracts';
import type { Version } from '@app/http';

interface Asked {
  readonly requestId: string;
  readonly owner: string;
}

/** What is asked for one item; `writes.fifo` keeps those of one item in their order. */
export type WriteCommand = Asked & { readonly itemId: string } & (
    | { readonly operation: 'create'; readonly input: ItemInput; readonly payloadDigest?: string | undefined }
    | {
        readonly operation: 'update';
        readonly changes: ItemChanges;
        readonly ifMatch?: readonly Version[] | undefined;
      }
    | { readonly operation: 'delete'; readonly ifMatch?: readonly Version[] | undefined }
  );

export type ReadCommand = Asked &
  (
    | { readonly operation: 'get'; readonly itemId: string }
    | { readonly operation: 'list'; readonly limit: number; readonly after?: readonly string[] | undefined }
  );

export type Command = WriteCommand | ReadCommand;

/** The queues tell `get` from `list`; to callers both are a read. */
export const publicOperation = {
  create: 'create',
  get: 'read',
  list: 'read',
  update: 'update',
  delete: 'delete',
} as const;

export const itemIdOf = (command: Command): string | undefined => ('itemId' in command ? command.itemId : undefined);

const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Reads a message's body. The functions that send have judged all of it: this tells a command from what is none. */
const parserOf =
  <C extends Command>(...operations: readonly C['operation'][]) =>
  (body: string): C => {
    const command = JSON.parse(body) as C;
    const { requestId, owner, operation } = command;
    const isKnown = operations.includes(operation) && (operation === 'list' || isText(itemIdOf(command)));
    if (!isKnown || !isText(requestId) || !isText(owner)) throw new Error('This is no command');
    return command;
  };

export const parseWrite = parserOf<WriteCommand>('create', 'update', 'delete');
export const parseRead = parserOf<ReadCommand>('get', 'list');
