import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { effects, problemsOf } from '../../../src/faults/fault.ts';

const functions = ['items:createItem', 'items:getItem'];
const problems = (given: unknown) => problemsOf(given, functions);

describe('a fault that somebody asks for', () => {
  it.each([
    [{ effect: 'throttle' }],
    [
      {
        effect: 'throttle',
        service: 'dynamodb',
        operation: 'PutItem',
        resource: 'items',
        share: 0.5,
        count: 3,
        after: 0,
      },
    ],
    [{ effect: 'delay', milliseconds: 0 }],
    [{ effect: 'refuse', function: 'items:getItem' }],
    [{ effect: 'fail', share: 0 }],
    [{ effect: 'cut', service: 'execute-api' }],
    [{ effect: 'lose', share: 1 }],
    [{ effect: 'end', moment: 'between', calls: 0 }],
    [{ effect: 'duplicate', count: 1 }],
    [{ effect: 'hold', resource: 'writes.fifo' }],
  ])('may be %j', (given) => {
    expect(problems(given)).toEqual([]);
  });

  it.each([
    [{}, `effect is missing: one of ${Object.keys(effects).join(', ')}`],
    [{ effect: 'explode' }, `effect is "explode", and must be one of ${Object.keys(effects).join(', ')}`],
    [
      { effect: 'cut', service: 'kinesis' },
      'service is "kinesis", and must be one of dynamodb, sqs, s3, ssm, execute-api',
    ],
    [{ effect: 'end', moment: 'during' }, 'moment is "during", and must be one of before, between, after'],
    [
      { effect: 'cut', function: 'items:none' },
      'function is "items:none", and must be one of items:createItem, items:getItem',
    ],
    [
      { effect: 'cut', table: 'items' },
      'table is no member of a fault: there are effect, service, operation, resource,',
    ],
    [{ effect: 'cut', operation: '' }, 'operation is "", and must be a text'],
    [{ effect: 'cut', resource: 7 }, 'resource is 7, and must be a text'],
    [{ effect: 'cut', share: 1.5 }, 'share is 1.5, and must be a number from 0 to 1'],
    [{ effect: 'cut', share: -0.1 }, 'share is -0.1'],
    [{ effect: 'cut', share: '1' }, 'share is "1"'],
    [{ effect: 'cut', count: 0 }, 'count is 0, and must be a whole number from 1'],
    [{ effect: 'cut', count: 1.5 }, 'count is 1.5'],
    [{ effect: 'cut', after: -1 }, 'after is -1'],
    [{ effect: 'delay', milliseconds: 600_001 }, 'milliseconds is 600001, and must be a whole number from 0 to 600000'],
    [{ effect: 'end', moment: 'between', calls: 1001 }, 'calls is 1001'],
    [{ effect: 'delay' }, 'delay needs milliseconds'],
    [{ effect: 'hold' }, 'hold needs the queue as resource'],
    [{ effect: 'end' }, 'end needs a moment: one of before, between, after'],
    [{ effect: 'end', moment: 'before', service: 's3' }, 'end has no service or operation'],
    [{ effect: 'duplicate', operation: 'PutItem' }, 'duplicate has no service or operation'],
  ])('must not be %j: %s', (given, problem) => {
    expect(problems(given)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([[undefined], [null], [7], ['cut'], [[]]])('must not be %j, which is no object', (given) => {
    expect(problems(given)).toEqual(['A fault is a JSON object']);
  });

  it.each([[{ effect: 'duplicate', resource: 'writes' }], [{ effect: 'end', moment: 'before', resource: 'items' }]])(
    'must not have a resource that would not narrow it: %j',
    (given) => {
      expect(problems(given)).not.toEqual([]);
    },
  );

  it('is told all that is wrong with it at once', () => {
    expect(problems({ effect: 'delay', service: 'x', share: 2, foo: 1 })).toHaveLength(4);
  });

  it('is judged, whatever it is', () => {
    const members = fc.dictionary(
      fc.constantFrom('effect', 'service', 'function', 'share', 'moment', 'x'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), members), (given) => {
        expect(() => problems(given)).not.toThrow();
      }),
    );
  });
});
