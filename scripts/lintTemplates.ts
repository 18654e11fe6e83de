/** `pnpm lint:templates <cfn-lint>`: packages every service, for dev and for prod, and gives its templates to cfn-lint. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bin } from './bin.ts';
import { generate } from './generate.ts';

const [linter = 'cfn-lint'] = process.argv.slice(2);
const servicesFolder = join(import.meta.dirname, '../services');
const folder = await mkdtemp(join(tmpdir(), 'groundwork-templates-'));

await generate();
const templates: string[] = [];
for (const name of await readdir(servicesFolder)) {
  for (const stage of ['dev', 'prod']) {
    const target = join(folder, `${name}-${stage}`);
    const args = [bin('serverless'), 'package', '--stage', stage, '--package', target];
    await promisify(execFile)(process.execPath, args, {
      cwd: join(servicesFolder, name),
      env: { ...process.env, SLS_INTERACTIVE_SETUP_ENABLE: '0', TMPDIR: folder }, // serverless-esbuild leaves folders there
    });
    templates.push(join(target, 'cloudformation-template-update-stack.json'));
  }
}
// W3005: the framework writes a DependsOn beside each GetAtt; it does no harm and is not ours to change.
const { status } = spawnSync(linter, ['--ignore-checks', 'W3005', '--', ...templates], { stdio: 'inherit' });
await rm(folder, { recursive: true });
console.log(`${templates.length} templates linted: ${status === 0 ? 'clean' : 'see above'}`);
process.exitCode = status ?? 1;
