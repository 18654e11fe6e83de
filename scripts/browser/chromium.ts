import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** A Chromium on the PATH; undefined where there is none. */
export const findChromium = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const longest = 60_000; // milliseconds

/**
 * Opens a page without a window, where names resolve as `rules` say (`MAP evil.example 127.0.0.1`), and ends when `until`
 * has. Resolves to what `until` resolves to; rejects when that takes too long.
 */
export const openPage = async <T>(
  { program, url, rules, more = [] }: { program: string; url: string; rules: string; more?: readonly string[] },
  until: (output: Promise<string>) => Promise<T>,
): Promise<T> => {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const args = [...quiet, `--user-data-dir=${profile}`, `--host-resolver-rules=${rules}`, ...more, url];
  const browser = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const gone = once(browser, 'close');
  const output = browser.stdout.setEncoding('utf8').toArray() as Promise<string[]>;
  const limit = setTimeout(() => process.kill(-(browser.pid ?? 0), 'SIGKILL'), longest);
  const early = gone.then(() => output).then((all) => all.join(''));
  try {
    return await Promise.race([
      until(early),
      early.then(() => new Promise<T>((_, reject) => setTimeout(reject, 1000, new Error(`${url} did not report`)))),
    ]);
  } finally {
    clearTimeout(limit);
    if (browser.exitCode === null && browser.signalCode === null) process.kill(-(browser.pid ?? 0), 'SIGKILL');
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};
