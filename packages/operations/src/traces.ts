/** `pnpm traces`: what the local cloud has recorded: requests, invocations, messages and calls, and what caused what. */

import { print, runCommand, warn } from '@app/command-line/command';
import { screenOf } from '@app/command-line/screen';
import type { Summary } from '@app/local-cloud/src/recorder/summary.ts';
import { createInspector, type Inspector } from './inspect/inspector.ts';
import { readArguments, usage } from './inspect/traces/arguments.ts';
import { createEntryRenderer, entryOfSpan, entryOfTrace, isEntry, renderEntries } from './inspect/traces/entries.ts';
import { followSpans } from './inspect/traces/follow.ts';
import { renderTrace, type Trace } from './inspect/traces/renderTrace.ts';

const screen = screenOf(process.stdout, process.env);

const list = async (inspector: Inspector, query: string, isJson: boolean) => {
  const { traces } = await inspector.json<{ traces: Summary[] }>(`traces${query}`);
  const newestLast = traces.toReversed();
  if (isJson) return print(JSON.stringify(newestLast, null, 2));
  if (traces.length === 0) return warn(query === '' ? 'Nothing has been recorded yet.' : 'There is no such trace.');
  return print(renderEntries(newestLast.map(entryOfTrace), screen));
};

const show = async (inspector: Inspector, id: string, isJson: boolean) => {
  const trace = await inspector.json<Trace>(`traces/${encodeURIComponent(id)}`);
  print(isJson ? JSON.stringify(trace, null, 2) : renderTrace(trace, screen));
};

const follow = async (inspector: Inspector, query: string, isJson: boolean) => {
  const stop = new AbortController();
  const { signal } = stop;
  process.once('SIGINT', () => stop.abort());
  const renderer = createEntryRenderer(screen);
  let isFirst = true;
  const open = async (id?: string) => {
    const events = await inspector.events(`events${query}`, {
      signal,
      ...(id && { headers: { 'last-event-id': id } }),
    });
    if (isFirst && !isJson) print(renderer.headings());
    isFirst = false;
    return events;
  };
  const lost = () => warn('The local cloud has ended. Waiting for it to be started again.');
  for await (const span of followSpans({ open, signal, lost }))
    if (isEntry(span)) print(isJson ? JSON.stringify(span) : renderer.entry(entryOfSpan(span)));
};

await runCommand({
  usage,
  run: async (args) => {
    const given = readArguments(args, process.env);
    const inspector = createInspector(given.gateway);
    if (given.action === 'show') return await show(inspector, given.id, given.isJson);
    const run = given.action === 'follow' ? follow : list;
    return await run(inspector, given.query, given.isJson);
  },
});
