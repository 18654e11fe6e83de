import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Table } from '@app/dynamodb/table';

/** What a service's src/tables.ts exports: `thingsTable` and so on. */
export type Tables = Readonly<Record<string, Table>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && 'key' in value && 'indexes' in value;

/** The tables among a module's exports. */
export const tablesIn = (exported: Readonly<Record<string, unknown>>): Tables =>
  Object.fromEntries(Object.entries(exported).flatMap(([name, value]) => (isTable(value) ? [[name, value]] : [])));

/** Where a service says what its tables are. */
export const tablesFile = (serviceDir: string): string => join(serviceDir, 'src/tables.ts');

/** The tables of the service in a folder. What they import of the contracts must have been generated. */
export const loadTables = async (serviceDir: string): Promise<Tables> =>
  tablesIn((await import(pathToFileURL(tablesFile(serviceDir)).href)) as Record<string, unknown>);

/** What `custom.tables` calls a table, by the name of its export: `thingsTable` → `things`. */
export const tableKey = (exported: string): string => exported.replace(/Table$/, '');
