/** `pnpm stack`: a trace of a deployed function, with the places in our source that its frames come from (decision 0009). */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { assertStageName } from '@app/serverless-config/stage';
import type { Build } from './stack/builds.ts';
import { createFinder } from './stack/findBuild.ts';
import { folderOfStage } from './stack/folders.ts';
import { resolveText } from './stack/resolveText.ts';
import { piecesOf } from './stack/traces.ts';

const usage = `pnpm stack [<file>]      a stack trace, or log lines; without a file, or with -, standard input
  --stage <stage>     whose source maps: .sourcemaps/<stage>, where packaging and deploying leave them
  --maps <folder>     source maps kept elsewhere: an archived .sourcemaps/<stage>, or <package>/source-maps; may be repeated
  --service <service> whose function it is, where neither the log line nor its bundle's name says so`;

const kept = join(import.meta.dirname, '../../../.sourcemaps');
const warn = (line: string) => void process.stderr.write(`${line}\n`);

const readArguments = () => {
  const options = {
    stage: { type: 'string' },
    maps: { type: 'string', multiple: true },
    service: { type: 'string' },
  } as const;
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    if (positionals.length > 1) throw new Error('One file at a time.');
    if (values.stage !== undefined && values.maps) throw new Error('Either --stage or --maps.');
    if (values.stage !== undefined) assertStageName(values.stage);
    const [file = '-'] = positionals;
    if (file !== '-' && !existsSync(file)) throw new Error(`There is no file ${file}.`);
    return { file, ...values };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`, { cause: error });
  }
};

const read = async (file: string) => {
  if (file !== '-') return await readFile(file, 'utf8');
  if (process.stdin.isTTY) warn('Paste a trace, then Ctrl-D.');
  return await text(process.stdin);
};

/** Prints what was pasted with its frames resolved, and says which builds that is by, or what is missing. */
const run = async () => {
  const { file, stage, maps, service } = readArguments();
  const folders = maps ?? [folderOfStage(kept, stage)];
  for (const folder of folders) if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const finder = createFinder(folders);
  const traces = piecesOf(await read(file)).map((piece) =>
    resolveText(piece.text, finder.buildsOf(service ?? piece.service)),
  );
  process.stdout.write(traces.map((trace) => trace.text).join(''));

  const aboutEach = (builds: readonly Build[]) => new Set(builds.map(({ about }) => about));
  for (const about of aboutEach(traces.flatMap(({ used }) => [...used]))) warn(`Source maps of ${about}`);
  for (const about of aboutEach(traces.flatMap(({ mismatched }) => [...mismatched])))
    warn(`Of another build than the source maps of ${about}: look for its own, and name their folder with --maps.`);
  for (const line of finder.missing) warn(line);
  if (traces.every(({ frames }) => frames === 0)) warn('There is no frame of a deployed function (/var/task/…) here.');
  if (traces.every(({ used }) => used.size === 0)) process.exitCode = 1;
};

try {
  await run();
} catch (error) {
  warn((error as Error).message);
  process.exitCode = 1;
}
