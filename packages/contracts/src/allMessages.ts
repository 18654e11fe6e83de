import { join } from 'node:path';
import { contractFiles } from './contractFiles.ts';
import type { Message } from './message.ts';

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'body' in value && 'name' in value;

/** The messages of a folder's contracts, by the name of the file that exports them. */
export const messagesIn = async (folder: string): Promise<Readonly<Record<string, readonly Message[]>>> =>
  Object.fromEntries(
    (await contractFiles(folder)).map(({ name, exported }) => [name, Object.values(exported).filter(isMessage)]),
  );

/** Every service's messages. For the generator and checks. */
export const allMessages = await messagesIn(join(import.meta.dirname, 'messages'));
