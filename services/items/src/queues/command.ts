import type { MessageBody } from '@app/contracts';
import type { readItems } from '@app/contracts/messages/readItems';
import type { writeItem } from '@app/contracts/messages/writeItem';

export type WriteCommand = MessageBody<typeof writeItem>;
export type ReadCommand = MessageBody<typeof readItems>;
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
