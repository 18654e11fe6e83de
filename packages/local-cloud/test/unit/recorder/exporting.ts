import { eventually } from '@app/test-support/time';
import { type ExporterOptions, startExporter } from '../../../src/recorder/exporter.ts';
import { createRecorder } from '../../../src/recorder/recorder.ts';
import type { Span } from '../../../src/recorder/span.ts';
import { startFakeCollector } from './fakeCollector.ts';
import { numberedSpan } from './spans.ts';

/** Waits for a condition; throws where it does not come about. */
export const until = async (condition: () => boolean): Promise<void> => {
  if (!(await eventually(condition))) throw new Error('It did not come about.');
};

/** A recorder whose spans an exporter sends to a URL, sooner than it usually would. */
export const exportTo = (endpoint: string, options: Partial<ExporterOptions> = {}) => {
  const { record, follow, isWanted } = createRecorder({ isKept: false });
  const said: string[] = [];
  const exporter = startExporter({
    endpoint,
    follow,
    log: (line) => void said.push(line.replaceAll(/http:\S+/g, 'URL')),
    periodMs: 20,
    firstPauseMs: 10,
    longestPauseMs: 20,
    ...options,
  });
  return {
    said,
    isWanted,
    /** Records spans with these numbers, both included. */
    record: (first: number, last = first, changes: Partial<Span> = {}) => {
      for (let number = first; number <= last; number += 1) record(numberedSpan(number, changes));
    },
    stop: exporter.stop,
  };
};

/** The URL of a collector that has gone, and its port. */
export const goneCollector = async () => {
  const { endpoint, port, stop } = await startFakeCollector();
  await stop();
  return { endpoint, port };
};
