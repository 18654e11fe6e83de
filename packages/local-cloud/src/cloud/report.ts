import { websocketPath } from '../gateway/gateway.ts';
import type { Listing } from '../gateway/page.ts';

export interface Report {
  /** Undefined for a service alone. */
  readonly gateway: string | undefined;
  readonly services: readonly Listing[];
  readonly dynamodb: { readonly endpoint: string; readonly label: string };
  readonly s3?: { readonly endpoint: string; readonly label: string };
  readonly sqs?: { readonly endpoint: string; readonly label: string };
  readonly ssm?: { readonly endpoint: string; readonly label: string };
  readonly data: string;
  readonly milliseconds: number;
}

type Row = [name: string, url: string, note: string];

const inWebsocket = (url: string) => url.replace(/^http/, 'ws');

/** What is said first. */
export const headlineOf = ({ milliseconds }: Report): string =>
  `Groundwork is ready after ${(milliseconds / 1000).toFixed(1)} s.`;

const rowsOf = ({ name, url, paths, websocket }: Listing, gateway: string | undefined): Row[] => {
  const http: Row = [name, url, paths.map((path) => (gateway ?? url) + path).join('  ')];
  if (!websocket) return [http];
  return [http, ['', inWebsocket(websocket), gateway === undefined ? '' : inWebsocket(gateway + websocketPath)]];
};

/** The one table that is printed when all is ready. */
export const renderReport = (report: Report): string => {
  const { gateway, services, dynamodb, s3, sqs, ssm, data } = report;
  const rows: Row[] = [
    ...(gateway === undefined ? [] : [['gateway', gateway, 'every service under one origin'] satisfies Row]),
    ...services.flatMap((service) => rowsOf(service, gateway)),
    ['dynamodb', dynamodb.endpoint, dynamodb.label],
    ...(s3 ? [['s3', s3.endpoint, s3.label] satisfies Row] : []),
    ...(sqs ? [['sqs', sqs.endpoint, sqs.label] satisfies Row] : []),
    ...(ssm ? [['ssm', ssm.endpoint, ssm.label] satisfies Row] : []),
  ];
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const lines = rows.map(([name, url, note]) =>
    `  ${name.padEnd(width(0))}  ${url.padEnd(width(1))}  ${note}`.trimEnd(),
  );
  return [
    headlineOf(report),
    '',
    ...lines,
    '',
    `Data: ${data} (npm start -- --fresh forgets it). Ctrl-C stops everything.`,
    '',
  ].join('\n');
};
