import { bundleLimit } from '@app/serverless-config/bundleLimits';
import type { TestRequest } from '@app/test-support';
import { type Bundle, bundleProbe, packagingOptions } from './bundles.ts';
import { compareColdStarts } from './coldStart.ts';
import { report } from './report.ts';
import { measureWarmOverhead } from './warmOverhead.ts';

/** The size of every function as it is deployed. */
export const reportSizes = (bundles: readonly Bundle[]) =>
  report(
    'JavaScript of every function',
    bundles.map((bundle) => ({
      name: `${bundle.service}: ${bundle.name}`,
      value: bundle.bytes,
      unit: 'bytes',
      atMost: bundleLimit(bundle.inputs),
      digits: 0,
    })),
  );

/**
 * What our options put in the place of modules is left out of the bare handlers: they have the whole SDK. But for
 * node:http: the SDK imports it for plain HTTP only, which the engine here speaks and DynamoDB does not.
 */
const bareOptions = () => {
  const { alias } = packagingOptions();
  return { alias: { 'node:http': alias?.['node:http'] ?? 'node:http' } };
};

/** Cold starts of creating and getting a memo beside bare handlers bundled the same way, with the whole SDK. */
export const reportColdStarts = async (folder: string, id: string) => {
  const requests: Readonly<Record<string, TestRequest>> = {
    createMemo: { method: 'POST', path: '/memos', body: { title: 'Milk', content: 'Two pints' } },
    getMemo: { path: `/memos/${id}`, params: { id } },
  };
  for (const [name, request] of Object.entries(requests)) {
    const ours = await bundleProbe(name, folder);
    const bare = await bundleProbe(`bare${name[0]?.toUpperCase()}${name.slice(1)}`, folder, bareOptions());
    report(`Cold start, ${name}`, await compareColdStarts({ name, ours, bare, request }));
  }
};

export const reportWarmOverhead = async (folder: string) =>
  report('Warm', [await measureWarmOverhead(await bundleProbe('warmOverhead', folder))]);
