import type { Aws } from '../aws/connect.ts';
import { readStack, stackName } from '../stack/readStack.ts';
import type { Problem } from '../summary/report.ts';
import { apiUrls } from '../verify/apiUrls.ts';
import { checkApi } from '../verify/checkApi.ts';
import { deployedHashes, differing, type Hashes, shortNames } from '../verify/codeHashes.ts';

export interface Verified {
  readonly urls: readonly string[];
  readonly found: Hashes;
  readonly problem?: Problem;
}

interface Expectation {
  readonly aws: Aws;
  readonly service: string;
  readonly stage: string;
  /** What each function is to run. */
  readonly expected: Hashes;
  readonly signal: AbortSignal;
}

const otherCode = (names: readonly string[], { service, stage }: Expectation): Problem => ({
  reason: `${names.join(', ')}: the code on AWS is not the code that was packaged.`,
  next: `Deploy again with --force: \`pnpm run deploy --stage ${stage} --service ${service} --force\`. Somebody else may have deployed in between.`,
});

const silentApi = (faults: readonly string[], { service, stage }: Expectation): Problem => ({
  reason: faults.join('\n'),
  next: `The new version is live. See what its functions say: \`pnpm run logs --stage ${stage} --service ${service} --since 5m\`; go back with \`pnpm run rollback --stage ${stage} --service ${service}\`.`,
});

/** Whether AWS runs what was packaged: each function's code by its hash, each API by one call. */
export const verify = async (expectation: Expectation): Promise<Verified> => {
  const { aws, service, stage, expected, signal } = expectation;
  const stack = stackName(service, stage);
  const urls = apiUrls(service, (await readStack(aws.cloudFormation, stack)) ?? { outputs: {} });
  const found = await deployedHashes(aws.lambda, [...expected.keys()]);
  const wrong = shortNames(differing(expected, found), stack);
  if (wrong.length > 0) return { urls, found, problem: otherCode(wrong, expectation) };
  const checks = await Promise.all(urls.map((url) => checkApi(url, { env: process.env, signal })));
  const faults = checks.filter((fault) => fault !== undefined);
  return { urls, found, ...(faults.length > 0 && { problem: silentApi(faults, expectation) }) };
};
