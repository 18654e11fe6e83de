import type { Table } from '@app/dynamodb/table';
import { type Tables, tableKey } from './tablesIn.ts';

/** DynamoDB's rule for the names of indexes. */
const indexName = /^[\w.-]{3,255}$/;

/** What rows have besides the properties of their resource. */
const ofEveryRow = ['ownerId'];

const duplicateIn = (names: readonly string[]) => names.find((name, at) => names.indexOf(name) !== at);

/** What is wrong with a table, each as the field and the reason. */
const faultsOf = ({ key, sortKey, resource, derived, indexes }: Table): string[] => {
  const faults: string[] = [];
  const known = resource && new Set([...resource.properties, ...ofEveryRow, key]);
  const isUnknown = (name: string) => known !== undefined && !known.has(name) && !Object.hasOwn(derived, name);
  if (!key) faults.push('key: is required');
  if (sortKey === key) faults.push(`sortKey: ${key} is the partition key already`);
  if (resource && !resource.properties.includes(key)) faults.push(`key: the resource has no ${key}`);
  for (const [name, { from }] of Object.entries(derived)) {
    if (from.length === 0) faults.push(`derived.${name}: is derived from nothing`);
    if (known?.has(name)) faults.push(`derived.${name}: the resource has a property of this name`);
    const unknown = from.find((field: string) => known !== undefined && !known.has(field));
    if (unknown !== undefined) faults.push(`derived.${name}: the resource has no ${unknown}`);
  }
  for (const [name, { name: inAws, partition, sort }] of Object.entries(indexes)) {
    if (!indexName.test(inAws)) faults.push(`indexes.${name}.name: ${inAws} is no name for an index`);
    if (isUnknown(partition))
      faults.push(`indexes.${name}.partition: neither the resource nor derived has ${partition}`);
    if (sort !== undefined && isUnknown(sort))
      faults.push(`indexes.${name}.sort: neither the resource nor derived has ${sort}`);
    if (sort === partition) faults.push(`indexes.${name}.sort: ${partition} is the partition already`);
  }
  const twice = duplicateIn(Object.values(indexes).map(({ name }) => name));
  if (twice !== undefined) faults.push(`indexes: two are called ${twice}`);
  return faults;
};

/** Throws with every fault, each naming the table and the field. */
export const assertTables = (tables: Tables, names: Readonly<Record<string, string>>): void => {
  const faults = Object.entries(tables).flatMap(([exported, table]) => {
    const key = tableKey(exported);
    const unnamed = [
      ...(key === exported ? [`is to be called ${exported}Table`] : []),
      ...(Object.hasOwn(names ?? {}, key) ? [] : [`custom.tables has no name for ${key}`]),
    ];
    return [...unnamed, ...faultsOf(table)].map((fault) => `${exported}: ${fault}`);
  });
  const unused = Object.keys(names ?? {}).filter((key) => !Object.hasOwn(tables, `${key}Table`));
  faults.push(...unused.map((key) => `custom.tables.${key}: src/tables.ts exports no ${key}Table`));
  if (faults.length > 0) throw new Error(`Tables cannot be as they are defined:\n${faults.join('\n')}`);
};
