import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { httpApiEvent, type TestRequest } from '@app/test-support';
import type { Figure } from './report.ts';
import { median } from './statistics.ts';

const probe = join(import.meta.dirname, '../probes/coldStart.mjs');
const rounds = 25;

/** Milliseconds of load and first invoke of a bundle, in a fresh process. */
const coldStart = async (bundle: string, request: TestRequest): Promise<number> => {
  const event = JSON.stringify(httpApiEvent(request));
  const { stderr } = await promisify(execFile)(process.execPath, [probe, pathToFileURL(bundle).href, event]);
  const { statusCode, load, invoke } = JSON.parse(stderr) as { statusCode: number; load: number; invoke: number };
  if (statusCode >= 300) throw new Error(`${bundle} answered ${statusCode}`);
  return load + invoke;
};

interface Contest {
  readonly name: string;
  readonly ours: string;
  readonly bare: string;
  readonly request: TestRequest;
}

/** Ours and the bare handler in turn, so that what the machine does meanwhile meets both; the ratio is taken pair by pair. */
export const compareColdStarts = async ({ name, ours, bare, request }: Contest): Promise<Figure[]> => {
  const pairs: { ours: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = { ours: await coldStart(ours, request), bare: await coldStart(bare, request) };
    if (round > 0) pairs.push(pair); // the first warms the file cache
  }
  return [
    { name: `${name}: load + first invoke`, value: median(pairs.map((pair) => pair.ours)), unit: 'ms' },
    { name: `${name}: the same, bare`, value: median(pairs.map((pair) => pair.bare)), unit: 'ms' },
    {
      name: `${name}: ratio, pair by pair`,
      value: median(pairs.map((pair) => pair.ours / pair.bare)),
      unit: '× bare',
      atMost: 1,
      digits: 2,
    },
  ];
};
