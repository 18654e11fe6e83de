/** `npm test`: every check that a change must pass, in stages; what is left of them is not run once one has failed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin } from './bin.ts';
import { totalOf } from './check/jestResults.ts';
import { runStage, type Step } from './check/runStage.ts';
import { generate } from './generate.ts';

const results = await mkdtemp(join(tmpdir(), 'groundwork-test-'));

const resultFile = (project: string) => join(results, `${project}.json`);

const tests = (project: string, script: readonly string[]): Step => ({
  name: `${project} tests`,
  node: [...script, '--json', '--outputFile', resultFile(project)],
});

const jest = (project: string): Step => tests(project, ['scripts/jest.ts', project]);

const stages: readonly (readonly Step[])[] = [
  [
    { name: 'types', node: [bin('typescript', 'tsc')] },
    { name: 'lint', node: [bin('oxlint'), '--type-aware'] },
    { name: 'format', node: [bin('@biomejs/biome', 'biome'), 'check'] },
    { name: 'imports', node: ['scripts/imports.ts'] },
  ],
  [jest('unit'), jest('package')],
  [tests('integration', ['scripts/integration.ts', '--again'])],
];

await generate();
let failed: string[] = [];
for (const stage of stages) {
  const outcomes = await runStage(stage);
  failed = outcomes.filter(({ passed }) => !passed).map(({ name }) => name);
  if (failed.length > 0) break;
}

const counts = await totalOf(['unit', 'package', 'integration'].map(resultFile));
await rm(results, { recursive: true });
console.log(`\n${Math.round(performance.now() / 1000)} s`);
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;
