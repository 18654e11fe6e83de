import type { Screen } from '@app/command-line/screen';
import { renderTable } from '@app/command-line/table';
import type { FunctionInfo, ServiceInfo } from './readInfo.ts';

const columns = [
  { heading: 'function' },
  { heading: 'version', align: 'right' as const },
  { heading: 'last modified' },
];

const rowOf = ({ name, version = '', lastModified }: FunctionInfo) => [
  { text: name },
  { text: version },
  { text: lastModified },
];

const statusStyle = (status: string) =>
  status.endsWith('_COMPLETE') && !status.includes('ROLLBACK') ? 'green' : 'red';

const named = (label: string, names: readonly string[]) =>
  names.length > 0 ? [`  ${label}  ${names.join(', ')}`] : [];

/** What is deployed of a service, a block of lines. */
export const renderInfo = (info: ServiceInfo, screen: Screen): string => {
  const { service, status, updatedAt, urls, functions, tables, buckets } = info;
  if (status === undefined) return `${screen.paint('bold', service)}  not deployed`;
  const table = renderTable(columns, functions.map(rowOf), screen);
  return [
    `${screen.paint('bold', service)}  ${screen.paint(statusStyle(status), status)}  ${updatedAt}`,
    ...named('URLs', urls),
    ...named('tables', tables),
    ...named('buckets', buckets),
    ...(functions.length > 0 ? table.split('\n').map((line) => `  ${line}`) : []),
  ].join('\n');
};
