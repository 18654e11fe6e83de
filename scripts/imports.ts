/**
 * `pnpm check:imports [folder]`: dependency-cruiser over this repository, or over a folder that is laid out like it, with
 * the rules of .dependency-cruiser.cjs. Its command line imports them by a
 * path put into a URL as it is, which leads elsewhere from below a folder named C#.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type IConfiguration } from 'dependency-cruiser';

const { forbidden = [], options = {} } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as IConfiguration;

process.chdir(process.argv[2] ?? join(import.meta.dirname, '..'));
const { output, exitCode } = await cruise(
  ['packages', 'services', 'scripts'],
  { ...options, ruleSet: { forbidden }, validate: true, outputType: 'err' },
  options.enhancedResolveOptions,
);
console.log(output);
process.exitCode = exitCode === 0 ? 0 : 1;
