import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { startBound } from '../../src/dynamodb/engine/boundProcess.ts';
import { processesMentioning } from './support/processes.ts';

const source = join(import.meta.dirname, '../../src/dynamodb/engine/boundProcess.ts');

/** The way of Windows is plain Node, and works everywhere. */
describe.each(['linux', 'win32'] as const)('a program that is bound to this process (as on %s)', (platform) => {
  it('ends when it is stopped', async () => {
    const mark = crypto.randomUUID();
    const program = startBound([process.execPath, '-e', 'setInterval(() => {}, 1000)', mark], { platform });
    await eventually(async () => (await processesMentioning(mark)).length > 0);

    await program.stop();

    expect(await eventually(async () => (await processesMentioning(mark)).length === 0)).toBe(true);
  });

  it('ends when this process is killed', async () => {
    const mark = crypto.randomUUID();
    const command = JSON.stringify([process.execPath, '-e', 'setInterval(() => {}, 1000)', mark]);
    const code = `import(${JSON.stringify(source)}).then((m) => m.startBound(${command}, { platform: '${platform}' })); setInterval(() => {}, 1000)`;
    const owner = spawn(process.execPath, ['-e', code], { stdio: 'ignore', env: { PATH: process.env['PATH'] } });
    expect(await eventually(async () => (await processesMentioning(mark)).length > 2)).toBe(true);

    owner.kill('SIGKILL');
    await once(owner, 'exit');

    expect(await eventually(async () => (await processesMentioning(mark)).length === 0)).toBe(true);
  });

  it('tells its last lines when it ends by itself, or cannot be started', async () => {
    const code = 'console.log("before the end"); process.exit(3)';

    expect(await startBound([process.execPath, '-e', code], { platform }).ended).toBe('before the end');
    expect(await startBound(['/nowhere/at-all'], { platform }).ended).toMatch(/at-all/);
  });
});
