import { describe, expect, it } from '@jest/globals';
import { createInvocations } from '../../../src/calls/invocations.ts';
import { createFaults } from '../../../src/faults/faults.ts';
import { createJudge } from '../../../src/iam/judge.ts';
import { createInvocationWatch } from '../../../src/lambda/functions/invocationSpan.ts';
import { crashed, failure } from '../../../src/lambda/functions/outcome.ts';
import { createRecorder } from '../../../src/recorder/recorder.ts';
import type { Span } from '../../../src/recorder/span.ts';
import type { Cause } from '../../../src/tracing/cause.ts';

const name = 'items-dev-createItem';
const parent = { traceId: '68d6a1f00123456789abcdef01234567', spanId: '00f067aa0ba902b7' };
const done = { payload: '{}' };

const watching = (cause: Cause = { trigger: 'http', parent }, isKept = true) => {
  const recorder = createRecorder({ isKept });
  const judge = createJudge();
  judge.add([{ functionName: name, service: 'items', key: 'createItem', statements: [] }], []);
  const faults = createFaults();
  const invocations = createInvocations();
  let crashes = 0;
  const watch = createInvocationWatch({ recorder, judge, faults, invocations });
  const watched = watch({
    definition: { name, codeFolder: '/', handler: 'a.handler', timeout: 3, memorySize: 512, environment: {} },
    requestId: 'invocation 1',
    cause,
    event: '{}',
    crash: () => {
      crashes += 1;
    },
  });
  const span = () => JSON.parse(recorder.ring.newestFirst()[0]?.spans[0] ?? 'null') as Span | null;
  return { recorder, faults, invocations, watched, span, crashes: () => crashes };
};

describe('an invocation', () => {
  it('is a span of its cause’s trace', () => {
    const { watched, span } = watching({ trigger: 'http', parent, source: 'POST /items' });
    watched.begun();
    watched.ended(done, { isCold: true, usedMemory: 1000 });

    expect(span()).toMatchObject({
      ...watched.context,
      traceId: parent.traceId,
      parentSpanId: parent.spanId,
      name: 'items:createItem',
      kind: 'server',
      status: 'unset',
      service: 'items',
      attributes: {
        'faas.name': name,
        'faas.invocation_id': 'invocation 1',
        'faas.trigger': 'http',
        'faas.coldstart': true,
        'faas.max_memory': 512 * 1024 * 1024,
        'local.used_memory': 1000,
        'local.source': 'POST /items',
        'local.calls': 0,
      },
    });
  });

  it('begins a trace where nothing has led to it', () => {
    const { watched, span } = watching({ trigger: 'timer' });
    watched.begun();
    watched.ended(done, {});

    expect(span()?.traceId).toMatch(/^[\da-f]{32}$/);
    expect(span()).not.toHaveProperty('parentSpanId');
    expect(span()).not.toHaveProperty('links');
  });

  it('is linked to what led to the other records of a batch', () => {
    const links = [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }];
    const { watched, span } = watching({ trigger: 'pubsub', parent, links });
    watched.begun();
    watched.ended(done, {});

    expect(span()).toMatchObject({ kind: 'consumer', links });
  });

  it.each([
    ['http', 'server'],
    ['timer', 'server'],
    ['other', 'server'],
    ['pubsub', 'consumer'],
    ['datasource', 'consumer'],
  ] as const)('by %s is a span of the kind %s', (trigger, kind) => {
    const { watched, span } = watching({ trigger });
    watched.begun();
    watched.ended(done, {});

    expect(span()?.kind).toBe(kind);
  });

  it('is found by its span from when it begins', () => {
    const { watched, invocations } = watching();
    const { spanId } = watched.context;
    expect(invocations.find(spanId)).toBeUndefined();

    watched.begun();

    expect(invocations.find(spanId)?.context.spanId).toBe(spanId);
  });

  it('tells how it failed, without secrets', () => {
    const { watched, span } = watching();
    watched.begun();
    const error = {
      errorType: 'TypeError',
      errorMessage: 'no token: Bearer abcdefgh',
      trace: ['TypeError: no', '  at a'],
    };
    const outcome = watched.ended({ error }, {});

    expect(outcome).toEqual({ error });
    expect(span()).toMatchObject({
      status: 'error',
      statusMessage: 'no token: Bearer ***',
      attributes: { 'error.type': 'TypeError', 'exception.stacktrace': 'TypeError: no\n  at a' },
    });
  });

  it('has the lines that it printed as events, without secrets', () => {
    const { watched, span } = watching();
    watched.begun();
    watched.printed('one\n{"password":"hunter2"}\n\n');
    watched.ended(done, {});

    expect(span()?.events?.map((event) => [event.name, event.attributes['log.record.original']])).toEqual([
      ['log', 'one'],
      ['log', '{"password":"***"}'],
    ]);
  });

  it('has no line that is longer than 64 KB', () => {
    const { watched, span } = watching();
    watched.begun();
    watched.printed('a'.repeat(200_000));
    watched.ended(done, {});

    expect(span()?.events?.[0]?.attributes['log.record.original']).toHaveLength(64 * 1024);
  });

  it.each([
    ['one by one', Array.from({ length: 3000 }, (_, line) => `line ${line}\n`)],
    ['all at once', [Array.from({ length: 300_000 }, (_, line) => `line ${line}`).join('\n')]],
  ])('has a thousand lines at most, printed %s', (_how, texts) => {
    const { watched, span } = watching();
    watched.begun();
    for (const text of texts) watched.printed(text);
    watched.ended(done, {});

    expect(span()?.events?.length).toBe(1000);
  });

  it('hands on what it printed as it comes', () => {
    const { watched, recorder } = watching();
    const heard: string[] = [];
    recorder.onPrinted(({ service, key, text }) => void heard.push(`${service}:${key} ${text}`));

    watched.printed('hello');

    expect(heard).toEqual(['items:createItem hello']);
  });

  it('is told to nobody where nobody wants to know', () => {
    const { watched, span } = watching(undefined, false);
    watched.begun();
    watched.ended(done, {});

    expect(span()).toBeNull();
  });

  it('crashes where a fault ends it before its calls', () => {
    const { watched, faults, crashes } = watching();
    faults.add({ effect: 'end', moment: 'before', function: 'items:createItem' });

    watched.begun();

    expect(crashes()).toBe(1);
  });

  it('has its answer lost where a fault ends it after its calls', () => {
    const { watched, faults, span } = watching();
    faults.add({ effect: 'end', moment: 'after', count: 1 });
    watched.begun();

    expect(watched.ended(done, {})).toEqual(crashed);
    expect(span()).toMatchObject({ status: 'error', attributes: { 'error.type': 'Runtime.ExitError' } });
  });

  it('does not count for a fault when it has failed by itself', () => {
    const { watched, faults } = watching();
    faults.add({ effect: 'end', moment: 'after', count: 1 });
    const failed = failure('TypeError', 'no');
    watched.begun();

    expect(watched.ended(failed, {})).toEqual(failed);
    expect(faults.list()[0]?.hits).toBe(0);
  });
});
