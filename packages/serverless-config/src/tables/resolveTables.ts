import { isOn, type Variables } from '../framework.ts';
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
export const resolveTables = async (variables: Variables) => {
  await generateOnce(); // what tables import of their contracts
  const tables = await loadTables(process.cwd());
  const names = (await variables.resolveConfigurationProperty(['custom', 'tables'])) as Readonly<
    Record<string, string>
  >;
  const isDurable = await isOn(variables, 'durable');
  return {
    resources: { Resources: tableResources(tables, { names, isDurable }) },
    indexes: indexArns(tables),
  };
};
