import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** A Chromium on the PATH; undefined where there is none. */
export const findChromium = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** Starts one without a window, where names resolve as `rules` say (`MAP evil.example 127.0.0.1`). */
export const startChromium = (executablePath: string, rules: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: ['--disable-quic', `--host-resolver-rules=${rules}`],
  });
