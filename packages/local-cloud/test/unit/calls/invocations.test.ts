import { describe, expect, it } from '@jest/globals';
import { createInvocations, type Invocation } from '../../../src/calls/invocations.ts';

const invocationOf = (number: number): Invocation => ({
  functionName: 'items-dev-createItem',
  context: { traceId: 'trace', spanId: `span ${number}` },
  calls: 0,
  end: () => {},
});

describe('the invocations that run', () => {
  it('are found by their span', () => {
    const invocations = createInvocations();
    const invocation = invocationOf(1);
    invocations.begin(invocation);

    expect(invocations.find('span 1')).toBe(invocation);
    expect(invocations.find('span 2')).toBeUndefined();
  });

  it('are still found when they have ended, as their last calls may be on their way', () => {
    const invocations = createInvocations();
    const invocation = invocationOf(1);
    invocations.begin(invocation);
    invocations.end(invocation);

    expect(invocations.find('span 1')).toBe(invocation);
  });

  it('are not found when they have never begun', () => {
    const invocations = createInvocations();
    invocations.end(invocationOf(1));

    expect(invocations.find('span 1')).toBeUndefined();
  });

  it('are forgotten, the oldest first, when thousands have ended since', () => {
    const invocations = createInvocations();
    const running = invocationOf(0);
    invocations.begin(running);
    for (let number = 1; number <= 5001; number += 1) {
      invocations.begin(invocationOf(number));
      invocations.end(invocationOf(number));
    }

    expect(invocations.find('span 1')).toBeUndefined();
    expect(invocations.find('span 2')).toBeDefined();
    expect(invocations.find('span 0')).toBe(running);
  });
});
