import { describe, expect, it } from '@jest/globals';
import { addReadCapacity, addWriteCapacity, takeCapacity } from '../../src/capacity.ts';

describe('takeCapacity', () => {
  it('hands over what was consumed since it was last asked, once', () => {
    takeCapacity();
    addReadCapacity(0.5);
    addReadCapacity(2);
    addWriteCapacity(1);

    expect(takeCapacity()).toEqual({ read: 2.5, write: 1 });
    expect(takeCapacity()).toEqual({ read: 0, write: 0 });
  });
});
