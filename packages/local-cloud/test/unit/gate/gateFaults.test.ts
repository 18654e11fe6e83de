import { describe, expect, it } from '@jest/globals';
import type { FaultRequest } from '../../../src/faults/fault.ts';
import { credentials } from '../../../src/process/environment.ts';
import { callWith, presignedUrl, refusedCall, signedBy, startedGate } from './gates.ts';

const passed = { refusal: undefined, wait: 0, cut: undefined };

describe('a fault that meets a call of a function', () => {
  it.each<[FaultRequest, Record<string, unknown>]>([
    [{ effect: 'throttle' }, { ...passed, refusal: { code: 'ProvisionedThroughputExceededException' } }],
    [{ effect: 'refuse' }, { ...passed, refusal: { code: 'AccessDeniedException' } }],
    [{ effect: 'fail' }, { ...passed, refusal: { code: 'InternalServerError' } }],
    [
      { effect: 'delay', milliseconds: 250 },
      { ...passed, wait: 250 },
    ],
    [{ effect: 'cut' }, { ...passed, cut: 'before' }],
    [{ effect: 'lose' }, { ...passed, cut: 'after' }],
    [{ effect: 'duplicate' }, passed],
    [{ effect: 'hold', resource: 'items' }, passed],
    [{ effect: 'end', moment: 'before' }, passed],
    [{ effect: 'end', moment: 'after' }, passed],
  ])('%j', (request, expected) => {
    const { gate, faults, spans } = startedGate();
    faults.add(request);

    const passage = gate.enter(callWith());
    passage.end({ status: 200 });

    expect(passage).toMatchObject(expected);
    const isHit = expected !== passed;
    expect(spans()[0]?.attributes['local.fault']).toBe(isHit ? request.effect : undefined);
    expect(faults.list()[0]?.hits).toBe(isHit ? 1 : 0);
  });

  it.each([0, 1, 2])('ends the invocation when %i calls were carried out, and cuts the next', (calls) => {
    const { gate, faults, ended } = startedGate();
    faults.add({ effect: 'end', moment: 'between', calls });

    for (let call = 0; call < calls; call += 1) expect(gate.enter(callWith())).toMatchObject(passed);
    expect(ended).toEqual([]);
    expect(gate.enter(callWith()).cut).toBe('before');

    expect(ended).toHaveLength(1);
    expect(gate.enter(callWith())).toMatchObject(passed);
  });

  it('is of the function that it names', () => {
    const { gate, faults } = startedGate();
    faults.add({ effect: 'throttle', function: 'items:getItem' });
    expect(gate.enter(callWith()).refusal).toBeUndefined();

    faults.add({ effect: 'throttle', function: 'items:createItem' });
    expect(gate.enter(callWith()).refusal).toBeDefined();
  });

  it.each([
    ['a tool', { headers: signedBy(credentials.accessKeyId) }],
    ['a link', { headers: {}, url: presignedUrl }],
  ])('leaves %s alone', (_who, changes) => {
    const { gate, faults } = startedGate();
    faults.add({ effect: 'throttle' });

    expect(gate.enter(callWith(changes)).refusal).toBeUndefined();
    expect(faults.list()[0]?.hits).toBe(0);
  });

  it('is not counted for a call that is refused anyway', () => {
    const { gate, faults } = startedGate();
    faults.add({ effect: 'throttle', count: 1 });

    gate.enter(refusedCall());

    expect(faults.list()[0]?.hits).toBe(0);
  });

  it('counts the calls of the invocation, those that are refused for want of a right as well', () => {
    const { gate, invocation } = startedGate();
    gate.enter(callWith());
    gate.enter(refusedCall());

    expect(invocation.calls).toBe(2);
  });
});
