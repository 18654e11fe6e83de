export { indexArns, tableResources } from './tables.ts';
export { loadTables, tableKey, tablesFile } from './tablesIn.ts';
