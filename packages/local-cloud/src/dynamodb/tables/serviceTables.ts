import { existsSync } from 'node:fs';
import type { Table } from '@app/dynamodb/table';
import type { Serverless } from '../../framework/types.ts';

/** The definitions of a service's tables by their names in the stage: those of its src/tables.ts, if it has one. */
export const serviceTables = async ({ serviceDir, service }: Serverless): Promise<ReadonlyMap<string, Table>> => {
  const { loadTables, tableKey, tablesFile } = await import('@app/serverless-config/tables');
  if (!existsSync(tablesFile(serviceDir))) return new Map();
  const names = (service.custom?.['tables'] ?? {}) as Readonly<Record<string, string>>;
  const tables = Object.entries(await loadTables(serviceDir));
  return new Map(tables.map(([exported, table]) => [names[tableKey(exported)] ?? '', table]));
};
