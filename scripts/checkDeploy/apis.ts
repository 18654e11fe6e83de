import { apis } from '@app/contracts/apis';
import type { Api, Apis } from './oneOrigin.ts';

/** What the deploy command says of a service. */
export interface ServiceReport {
  readonly service: string;
  readonly outcome: string;
  readonly urls: readonly string[];
  readonly changed: readonly string[];
  readonly kept?: readonly string[];
  readonly problem?: { readonly reason: string; readonly next: string };
}

const apiOf = (url: string): Api => {
  const { hostname, pathname } = new URL(url.replace(/^ws/, 'http'));
  return { id: hostname.split('.')[0] ?? '', stage: pathname.split('/')[1] || undefined };
};

const firstPartsOf = (service: string) => new Set(apis[service]?.map(({ path }) => path.split('/')[1] ?? ''));

/** The APIs of a stage, from what its deployment has told. */
export const apisOf = (reports: readonly ServiceReport[]): Apis => {
  const urls = (service: string, isSocket: boolean) =>
    reports.find((each) => each.service === service)?.urls.filter((url) => url.startsWith('ws') === isSocket) ?? [];
  const http = reports.flatMap(({ service }) =>
    urls(service, false).flatMap((url) => [...firstPartsOf(service)].map((part) => [part, apiOf(url)] as const)),
  );
  const [socket] = reports.flatMap(({ service }) => urls(service, true));
  return { http: Object.fromEntries(http), socket: socket === undefined ? undefined : apiOf(socket) };
};
