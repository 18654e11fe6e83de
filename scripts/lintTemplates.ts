/**
 * `pnpm lint:templates <python>`: packages every service for stages of each kind, and gives its templates to cfn-lint and to AWS's
 * own validator, both of that Python's environment.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bin } from './bin.ts';
import { generate } from './generate.ts';

const [python = 'python3'] = process.argv.slice(2); // of an environment; its scripts stand beside it
/** A preview has no alarms, a durable stage has all; the last has the longest name, in the region with the longest. */
const stages: readonly (readonly [stage: string, region: string])[] = [
  ['dev', 'eu-west-1'],
  ['prod', 'eu-west-1'],
  ['pr-1', 'eu-west-1'],
  ['a2345678901234567890', 'ap-southeast-2'],
];
const servicesFolder = join(import.meta.dirname, '../services');
const folder = await mkdtemp(join(tmpdir(), 'groundwork-templates-'));

await generate();
const templates: string[] = [];
for (const name of await readdir(servicesFolder)) {
  for (const [stage, region] of stages) {
    const target = join(folder, `${name}-${stage}`);
    const args = [bin('serverless'), 'package', '--stage', stage, '--region', region, '--package', target];
    await promisify(execFile)(process.execPath, args, {
      cwd: join(servicesFolder, name),
      env: { ...process.env, SLS_INTERACTIVE_SETUP_ENABLE: '0', TMPDIR: folder }, // serverless-esbuild leaves folders there
    });
    templates.push(join(target, 'cloudformation-template-update-stack.json'));
  }
}
const judge = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: 'inherit' }).status ?? 1;
// W3005: the framework writes a DependsOn beside each GetAtt; it does no harm and is not ours to change.
const linted = judge(join(dirname(python), 'cfn-lint'), '--ignore-checks', 'W3005', '--', ...templates);
const accepted = join(import.meta.dirname, 'templates/accepted.json');
const validated = judge(python, join(import.meta.dirname, 'templates/validate.py'), accepted, ...templates);
await rm(folder, { recursive: true });
console.log(`${templates.length} templates linted: ${linted === 0 ? 'clean' : 'see above'}`);
process.exitCode = linted || validated;
