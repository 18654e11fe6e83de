import { describe, expect, it } from '@jest/globals';
import { isColdStart } from '../../src/coldStart.ts';

describe('isColdStart', () => {
  it('is true for the first invocation of an execution environment only', () => {
    expect([isColdStart(), isColdStart(), isColdStart()]).toEqual([true, false, false]);
  });
});
