import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const exitModule = new URL('../../src/process/exit.ts', import.meta.url).href;

/** How a process ends, and what it has written, that runs these statements and then `exit`. */
const ended = async (statements: string, code: number) => {
  const script = `const { exit } = await import(${JSON.stringify(exitModule)}); ${statements}; exit(${code});`;
  const { NODE_OPTIONS: _ofTests, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env,
    timeout: 10_000,
  });
  return (await run.catch((error: unknown) => error)) as { code?: number; stdout: string; stderr: string };
};

describe('exit', () => {
  it.each([0, 1])('ends with %i, whatever is still to come, after what was written', async (code) => {
    const { code: seen = 0, stdout } = await ended(
      "setInterval(() => {}, 1000); process.stdout.write('last words')",
      code,
    );

    expect(seen).toBe(code);
    expect(stdout).toBe('last words');
  });

  it('calls those who listen for it, and ends though one of them throws', async () => {
    const listeners = "process.on('exit', (code) => { console.log('heard', code); throw new Error('not I'); })";

    const { code, stdout, stderr } = await ended(listeners, 1);

    expect(code).toBe(1);
    expect(stdout).toBe('heard 1\n');
    expect(stderr).toContain('not I');
  });
});
