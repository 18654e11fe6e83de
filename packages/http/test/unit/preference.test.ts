import { describe, expect, it } from '@jest/globals';
import { parseWait } from '../../src/index.ts';

describe('the wait that a Prefer header asks for', () => {
  it.each([
    ['wait=10', 10],
    ['wait=0', 0],
    ['Wait = 7', 7],
    ['wait="5"', 5],
    ['wait=20', 20],
    ['wait=21', 20],
    ['wait=999999999', 20],
    ['respond-async, wait=3', 3],
    ['wait=3; priority=low, respond-async', 3],
    ['x="a, wait=9", wait=4', 4],
    ['wait=3, wait=9', 3],
  ])('is read from %s', (header, seconds) => {
    expect(parseWait(header)).toBe(seconds);
  });

  it.each([
    undefined,
    '',
    'respond-async',
    'wait',
    'wait=',
    'wait=-1',
    'wait=1.5',
    'wait=soon',
    'wait="5',
    'waiting=5',
    'x="wait=9"',
    'wait=soon, wait=9',
    'wait=9999999999999',
  ])('is none where the header is %s', (header) => {
    expect(parseWait(header)).toBeUndefined();
  });
});
