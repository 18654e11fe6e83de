// Finds the sources' places of places in built files: a source map takes longer to read than a call may wait.
import { readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { root } = workerData;
const maps = new Map();

const mapOf = (file) => {
  const path = `${file}.map`;
  const { mtimeMs } = statSync(path);
  const known = maps.get(path);
  if (known?.mtimeMs === mtimeMs) return known.map;
  const map = new SourceMap(JSON.parse(readFileSync(path, 'utf8')));
  maps.set(path, { mtimeMs, map });
  return map;
};

const place = /(?:file:\/\/)?(?<file>\/[^\s():]+\.mjs|[A-Za-z]:[\\/][^\s():]+\.mjs):(?<line>\d+):(?<column>\d+)/g;

const inSources = (whole, file, line, column) => {
  try {
    const built = whole.startsWith('file:') ? fileURLToPath(`file://${file}`) : file;
    const entry = mapOf(built).findEntry(Number(line) - 1, Number(column) - 1);
    if (entry.originalSource === undefined) return whole;
    const source = relative(root, resolve(dirname(built), entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  } catch {
    return whole; // a file without a map, or one that has gone
  }
};

parentPort.on('message', ({ id, text }) => parentPort.postMessage({ id, text: text.replaceAll(place, inSources) }));
