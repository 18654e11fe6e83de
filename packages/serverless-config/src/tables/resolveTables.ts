import type { Variables } from '../framework.ts';
import { indexArns, tableResources } from './tables.ts';
import { loadTables } from './tablesIn.ts';

let generated: Promise<unknown> | undefined;

/** Once a process: the framework asks five times a service. */
const generateOnce = async () => {
  const { generate } = await import('@app/contracts/generator');
  generated ??= generate();
  await generated;
};

/**
 * The tables of a service, from its src/tables.ts: `:resources` for the template, `:indexes` for the statements of its
 * functions. An export `thingsTable` is the resource ThingsTable; its name is that of `custom.tables.things`.
 */
export const resolveTables = async ({ resolveConfigurationProperty, resolveVariable }: Variables) => {
  await generateOnce(); // what tables import of their contracts
  const tables = await loadTables(process.cwd());
  const names = (await resolveConfigurationProperty(['custom', 'tables'])) as Readonly<Record<string, string>>;
  const deletionProtection = (await resolveVariable('param:deletionProtection')) as boolean | string;
  return {
    resources: { Resources: tableResources(tables, { names, deletionProtection }) },
    indexes: indexArns(tables),
  };
};
