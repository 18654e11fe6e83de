import type { Invocation, Invocations } from '../../calls/invocations.ts';
import type { Faults } from '../../faults/faults.ts';
import type { Judge } from '../../iam/judge.ts';
import { masked } from '../../recorder/masking.ts';
import type { Recorder } from '../../recorder/recorder.ts';
import { now, type SpanEvent } from '../../recorder/span.ts';
import { newSpanId, newTraceId } from '../../tracing/context.ts';
import { crashed, type Measures, type Outcome } from './outcome.ts';
import type { Watch } from './watch.ts';

interface Means {
  readonly recorder: Recorder;
  readonly judge: Judge;
  readonly faults: Faults;
  readonly invocations: Invocations;
}

const mostLines = 1000; // of one invocation
const longestLine = 64 * 1024; // characters

const eventsOf = (text: string, most: number): SpanEvent[] =>
  text
    .split('\n', 10 * mostLines)
    .filter(Boolean)
    .slice(0, most)
    .map((line) => ({
      time: now(),
      name: 'log',
      attributes: { 'log.record.original': masked(line.slice(0, longestLine)) },
    }));

const errorOf = (outcome: Outcome) => ('error' in outcome ? outcome.error : undefined);

/**
 * Has every invocation known while it runs, told of when it has ended (FaaS conventions), and ended where a fault wants it.
 * https://opentelemetry.io/docs/specs/semconv/faas/faas-spans/
 */
export const createInvocationWatch =
  ({ recorder, judge, faults, invocations }: Means): Watch =>
  (beginning) => {
    const { definition, requestId, cause, crash } = beginning;
    const { parent, links, trigger, source } = cause;
    const { service, key } = judge.nameOf(definition.name);
    const context = { traceId: parent?.traceId ?? newTraceId(), spanId: newSpanId() };
    const invocation: Invocation = { functionName: definition.name, context, calls: 0, end: crash };
    const events: SpanEvent[] = [];
    const asked = now();
    let start = asked;

    const record = (outcome: Outcome, { isCold, usedMemory }: Measures) => {
      if (!recorder.isWanted()) return;
      const error = errorOf(outcome);
      recorder.record({
        ...context,
        parentSpanId: parent?.spanId,
        ...(links && links.length > 0 && { links }),
        name: `${service}:${key}`,
        kind: trigger === 'pubsub' || trigger === 'datasource' ? 'consumer' : 'server',
        start,
        duration: now() - start,
        status: error ? 'error' : 'unset',
        statusMessage: error && masked(error.errorMessage),
        service,
        attributes: {
          'faas.name': definition.name,
          'faas.invocation_id': requestId,
          'faas.trigger': trigger,
          'faas.coldstart': isCold ?? false,
          'faas.max_memory': definition.memorySize * 1024 * 1024,
          'local.used_memory': usedMemory,
          'local.waited': start - asked,
          'local.source': source,
          'local.calls': invocation.calls,
          'error.type': error?.errorType,
          'exception.stacktrace': error?.trace && masked(error.trace.join('\n')),
        },
        events,
      });
    };

    return {
      context,
      begun: () => {
        start = now();
        invocations.begin(invocation);
        if (faults.endsAt('before', `${service}:${key}`)) crash();
      },
      printed: (text) => {
        recorder.printed({ service, key, text });
        if (recorder.isKept) for (const event of eventsOf(text, mostLines - events.length)) events.push(event);
      },
      ended: (outcome, measures) => {
        invocations.end(invocation);
        const isLost = 'payload' in outcome && faults.endsAt('after', `${service}:${key}`);
        const told = isLost ? crashed : outcome;
        record(told, measures);
        return told;
      },
    };
  };
