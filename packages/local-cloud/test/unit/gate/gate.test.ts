import { letPass } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { openGate } from '../../../src/gate/openGate.ts';
import { accessKeyOf, cloudKey } from '../../../src/identity/accessKeys.ts';
import { credentials } from '../../../src/process/environment.ts';
import {
  callWith,
  functionName,
  invocationContext,
  presignedUrl,
  refusedCall,
  signedBy,
  startedGate,
  tableArn,
} from './gates.ts';

const byTool = signedBy(credentials.accessKeyId);
const byCloud = signedBy(cloudKey.accessKeyId);
const byStray = signedBy(accessKeyOf(functionName).accessKeyId);

describe('the gate', () => {
  it('lets a call pass that the role allows', () => {
    const { gate, denials } = startedGate();

    expect(gate.enter(callWith())).toMatchObject({ refusal: undefined, wait: 0, cut: undefined });
    expect(denials).toEqual([]);
  });

  it('refuses one that the role does not allow, and says whose it was and what it lacked', () => {
    const { gate, denials } = startedGate();

    expect(gate.enter(refusedCall()).refusal?.code).toBe('AccessDeniedException');
    expect(denials).toMatchObject([
      { role: { key: 'createItem' }, shortfall: { need: { action: 'dynamodb:Scan', arn: tableArn } } },
    ]);
  });

  it('refuses a transaction for one item that is not allowed', () => {
    const needs = [
      { action: 'dynamodb:PutItem', arn: tableArn },
      { action: 'dynamodb:DeleteItem', arn: tableArn },
    ];

    expect(startedGate().gate.enter(callWith({ operation: 'TransactWriteItems', needs })).refusal).toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  it('notes and does not refuse where rights are not judged', () => {
    const { gate, judge, denials } = startedGate({ isJudged: false });

    expect(gate.enter(refusedCall()).refusal).toBeUndefined();
    expect(denials).toEqual([]);
    expect(judge.holders()[0]?.ledger.used()).toEqual([
      { action: 'dynamodb:Scan', arn: tableArn, calls: 1, effect: 'unspoken' },
    ]);
  });

  it.each([
    ['a link', { headers: {}, url: presignedUrl }],
    ['a function in no invocation', { headers: byStray }],
  ])('judges %s by the role of whose key it is', (_who, changes) => {
    const { gate } = startedGate();

    expect(gate.enter({ ...refusedCall(), ...changes }).refusal?.code).toBe('AccessDeniedException');
    expect(gate.enter(callWith(changes)).refusal).toBeUndefined();
  });

  it.each([
    ['tools', byTool],
    ['the local cloud', byCloud],
    ['unsigned calls', {}],
  ])('judges no %s', (_who, headers) => {
    const { gate, denials } = startedGate();

    expect(gate.enter({ ...refusedCall(), headers }).refusal).toBeUndefined();
    expect(denials).toEqual([]);
  });

  it('tells whether a function might do something else, without noting that it did', () => {
    const { gate, judge } = startedGate();
    const { allows } = gate.enter(callWith());
    const before = judge.holders()[0]?.ledger.used();

    expect(allows({ action: 's3:GetObject', arn: 'arn:aws:s3:::photos/cat.png' })).toBe(true);
    expect(allows({ action: 's3:ListBucket', arn: 'arn:aws:s3:::photos' })).toBe(false);
    expect(judge.holders()[0]?.ledger.used()).toEqual(before);
  });

  it.each([
    ['tools', true, byTool],
    ['the local cloud', true, byCloud],
    ['functions, where rights are not judged', false, callWith().headers],
  ])('allows everything to %s', (_who, isJudged, headers) => {
    const { allows } = startedGate({ isJudged }).gate.enter(callWith({ headers }));

    expect(allows({ action: 's3:ListBucket', arn: 'arn:aws:s3:::photos' })).toBe(true);
  });

  it('counts calls by whose they were', () => {
    const { gate } = startedGate();
    for (const headers of [byTool, byTool, byCloud, byStray, callWith().headers]) gate.enter(callWith({ headers }));
    gate.enter(callWith({ headers: {}, url: presignedUrl }));

    expect(gate.counts()).toEqual({ invocation: 1, presigned: 1, cloud: 1, tool: 2, stray: 1 });
  });

  it('names each call of functions in no invocation once', () => {
    const { gate } = startedGate();
    for (const operation of ['PutItem', 'PutItem', 'GetItem']) gate.enter(callWith({ operation, headers: byStray }));

    expect(gate.strays()).toEqual([`${functionName}: DynamoDB.PutItem`, `${functionName}: DynamoDB.GetItem`]);
  });

  it('lets calls with nobody’s key pass untold until the services have started', () => {
    const gate = openGate();

    const passage = gate.enter(callWith({ headers: byTool }));
    expect(passage.context).toBeUndefined();
    expect(gate.counts().tool).toBe(0);

    gate.started();
    expect(gate.enter(callWith({ headers: byTool })).context).toBeDefined();
    expect(gate.counts().tool).toBe(1);
  });
});

describe('the end of a call', () => {
  it('is a span of the invocation’s trace, under the invocation', () => {
    const { gate, spans } = startedGate();

    const { context, end } = gate.enter(callWith());
    end({ status: 200 });

    expect(context?.traceId).toBe(invocationContext.traceId);
    expect(spans()).toMatchObject([
      { ...context, parentSpanId: invocationContext.spanId, name: 'DynamoDB.PutItem', kind: 'client', status: 'unset' },
    ]);
    expect(context?.spanId).not.toBe(invocationContext.spanId);
    expect(spans()[0]).toMatchObject({ service: 'items', attributes: { 'faas.name': functionName } });
  });

  it.each([
    ['a tool', { headers: byTool }, 'tool', 'tool'],
    ['a link', { headers: {}, url: presignedUrl }, 'presigned', 'items'],
    ['a function in no invocation', { headers: byStray }, 'stray', 'items'],
  ])('is a span that begins a trace, of %s', (_who, changes, kind, service) => {
    const { gate, spans } = startedGate();

    gate.enter(callWith(changes)).end({ status: 200 });

    const [span] = spans();
    expect(span).toMatchObject({ service, attributes: { 'local.caller': kind } });
    expect(span).not.toHaveProperty('parentSpanId');
    expect(span?.traceId).not.toBe(invocationContext.traceId);
  });

  it('is not told of the local cloud’s own calls', () => {
    const { gate, spans } = startedGate();

    gate.enter(callWith({ headers: byCloud })).end({ status: 200 });

    expect(spans()).toEqual([]);
  });

  it.each([
    [{ status: 200 }, 'unset', undefined],
    [{ status: 304 }, 'unset', undefined],
    [{ status: 400, error: 'ConditionalCheckFailedException' }, 'error', 'ConditionalCheckFailedException'],
    [{ status: 503 }, 'error', undefined],
    [{ status: 0, error: 'cut' }, 'error', 'cut'],
  ])('with %j is told as %s', (outcome, status, error) => {
    const { gate, spans } = startedGate();

    gate.enter(callWith()).end(outcome);

    expect(spans()[0]).toMatchObject({ status, attributes: { 'http.response.status_code': outcome.status } });
    expect(spans()[0]?.statusMessage).toBe(error);
    expect(spans()[0]?.attributes['error.type']).toBe(error);
  });

  it('has a duration and a start', async () => {
    const { gate, spans } = startedGate();
    const begun = Date.now();

    const { end } = gate.enter(callWith());
    await letPass(30, 'the call takes so long');
    end({ status: 200 });

    const [span] = spans();
    expect(span?.duration).toBeGreaterThanOrEqual(25);
    expect(Math.abs((span?.start ?? 0) - begun)).toBeLessThan(1000);
  });
});
