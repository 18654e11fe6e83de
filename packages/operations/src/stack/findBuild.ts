import { type Build, readBuild } from './builds.ts';
import { servicesWith } from './folders.ts';
import type { FindBuild } from './resolveText.ts';

export interface Finder {
  /** Finds the builds for a trace of a service's; of any, if it is not known whose it is. */
  readonly buildsOf: (service: string | undefined) => FindBuild;
  /** What was asked for and is not there, a line each. */
  readonly missing: ReadonlySet<string>;
}

/** The service that is meant by `notes`, or as functions on AWS call it, with its stage: `notes-prod`. */
const meant = (services: readonly string[], name: string | undefined): readonly string[] => {
  if (name === undefined) return services;
  const named = services.filter((service) => name === service || name.startsWith(`${service}-`));
  return named.toSorted((one, other) => other.length - one.length).slice(0, 1); // notes-archive, not notes
};

/** Finds bundles in folders of source maps, and reads each once. */
export const createFinder = (folders: readonly string[]): Finder => {
  const missing = new Set<string>();
  const read = new Map<string, Build | undefined>();

  const find = (bundle: string, of: string | undefined) => {
    const candidates = servicesWith(folders, bundle);
    const services = meant([...new Set(candidates.map(({ service }) => service))], of);
    if (services.length > 1) missing.add(`${bundle} is in ${services.join(', ')}: say in which with --service.`);
    const found = candidates.find(({ service }) => service === services[0]);
    if (!found)
      missing.add(
        `No source map of ${of ?? 'any service'}’s ${bundle} in ${folders.join(', ')}. \`serverless package --stage <stage>\` of the commit that is deployed makes it.`,
      );
    return found && services.length === 1 ? readBuild(found.folder, found.service, bundle) : undefined;
  };

  return {
    missing,
    buildsOf: (service) => (bundle) => {
      const key = `${service ?? ''}:${bundle}`;
      if (!read.has(key)) read.set(key, find(bundle, service));
      return read.get(key);
    },
  };
};
