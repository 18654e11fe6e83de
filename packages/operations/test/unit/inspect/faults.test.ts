import { describe, expect, it } from '@jest/globals';
import { renderFaults } from '../../../src/inspect/faults/render.ts';
import { paper } from '../../support/spans.ts';

describe('pnpm faults', () => {
  it('has what each fault concerns, when it hits, and how often it has', () => {
    const faults = [
      {
        id: 'fault-1',
        effect: 'throttle',
        service: 'dynamodb',
        operation: 'PutItem',
        resource: 'a',
        hits: 3,
        count: 5,
      },
      { id: 'fault-2', effect: 'delay', function: 'items:writer', milliseconds: 200, share: 0.07, hits: 0 },
      { id: 'fault-3', effect: 'end', moment: 'between', hits: 1 },
    ] as const;

    expect(renderFaults(faults, paper).split('\n')).toEqual([
      'id       effect    of                  when            hits',
      'fault-1  throttle  dynamodb PutItem a  always        3 of 5',
      'fault-2  delay     by items:writer     200 ms, 7 %        0',
      'fault-3  end       everything          after 1 call       1',
    ]);
  });

  it('says so where none is on', () => {
    expect(renderFaults([], paper)).toBe('No fault is on.');
  });
});
