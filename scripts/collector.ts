/**
 * `pnpm test:collector`: whether a real OpenTelemetry Collector takes the spans that the local cloud exports, as they are.
 * Builds one from Go modules. Says so, and passes, where there is no Go.
 */
import assert from 'node:assert/strict';
import { startExporter } from '@app/local-cloud/src/recorder/exporter.ts';
import { toExportRequest } from '@app/local-cloud/src/recorder/otlp.ts';
import { createRecorder } from '@app/local-cloud/src/recorder/recorder.ts';
import { buildCollector, goVersion } from './collector/build.ts';
import { type ResourceSpans, startSink } from './collector/sink.ts';
import { spans } from './collector/spans.ts';
import { startCollector } from './collector/start.ts';

const version = await goVersion();
if (!version) {
  console.log('Left out, as Go is missing: whether an OpenTelemetry Collector takes what the local cloud exports.');
  process.exit(0);
}

/** Each span with the resource and the scope that it is below. A collector leaves out what is empty or zero. */
const bySpanId = (all: readonly ResourceSpans[]) =>
  Object.fromEntries(
    all.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ scope, spans: own }) =>
        own.map((span) => [span.spanId, { resource, scope, span }] as const),
      ),
    ),
  );
const isLeftOut = (value: unknown) => value === 0 || (Array.isArray(value) && value.length === 0);
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, each: unknown) => (isLeftOut(each) ? undefined : each));

const sink = await startSink();
const stops = [sink.stop];
try {
  const collector = await startCollector(await buildCollector(version), sink.url);
  stops.unshift(collector.stop);
  const { record, follow } = createRecorder({ isKept: false });
  const said: string[] = [];
  const exporter = startExporter({ endpoint: collector.endpoint, follow, log: (line) => void said.push(line) });
  for (const span of spans) record(span);
  await exporter.stop();

  assert.deepEqual(said, []);
  assert.deepEqual(plain(bySpanId(sink.received)), plain(bySpanId(toExportRequest(spans).resourceSpans)));
  console.log(`A real collector has passed on ${spans.length} spans as they were exported.`);
} finally {
  for (const stop of stops) await stop();
}
