import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isClosing, readLogLine } from '../../../src/terminal/logLines.ts';

const lineOf = (members: object) =>
  readLogLine(JSON.stringify({ level: 'ERROR', message: 'A note could not be read', ...members }));

describe('a line that a function logs', () => {
  it('is read without the members that every line has', () => {
    const usual = {
      timestamp: '2027-01-01',
      service: 'notes',
      xray_trace_id: '1',
      requestId: '2',
      lambdaRequestId: '3',
    };

    expect(lineOf({ ...usual, noteId: '7' })).toEqual({
      level: 'ERROR',
      message: 'A note could not be read',
      details: { noteId: '7' },
      stack: undefined,
    });
  });

  it('has the stack of its error', () => {
    const stack = 'TypeError: no such thing\n    at read (notes.ts:1:2)';

    expect(lineOf({ error: { name: 'TypeError', message: 'no such thing', stack } })?.stack).toBe(stack);
  });

  it('has the error’s message, where the stack lacks it', () => {
    const error = { name: 'TypeError', message: 'no such thing', stack: '    at read (notes.ts:1:2)' };

    expect(lineOf({ error })?.stack).toBe('TypeError: no such thing\n    at read (notes.ts:1:2)');
    expect(lineOf({ error: { name: 'TypeError', message: 'no such thing' } })?.stack).toBe('TypeError: no such thing');
  });

  it('has the stacks of what caused the error', () => {
    const error = { name: 'A', message: 'one', cause: { name: 'B', message: 'two', cause: { message: 'three' } } };

    expect(lineOf({ error })?.stack).toBe('A: one\ncaused by B: two\ncaused by Error: three');
  });

  it('ends with the fifth cause', () => {
    let error: object = { message: 'deepest' };
    for (let depth = 0; depth < 50; depth += 1) error = { message: `${depth}`, cause: error };

    expect(lineOf({ error })?.stack?.split('caused by')).toHaveLength(5);
  });

  it.each([
    [''],
    ['hello'],
    ['{'],
    ['[]'],
    ['7'],
    ['{"level":"INFO"}'],
    ['{"message":"a"}'],
    ['{"level":30,"message":"a"}'],
  ])('is none where it is %j', (text) => {
    expect(readLogLine(text)).toBeUndefined();
  });

  it('is read or not, and never throws, whatever its members are', () => {
    const members = fc.dictionary(fc.constantFrom('error', 'details', 'level', 'stack'), fc.jsonValue());
    const errors = fc.dictionary(fc.constantFrom('name', 'message', 'stack', 'cause'), fc.jsonValue());
    fc.assert(
      fc.property(members, errors, (line, error) => {
        expect(() => lineOf({ ...line, error })).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['request', true],
    ['schedule', true],
    ['object event', true],
    ['The request was refused', false],
  ])('with the message %j closes a piece of work: %s', (message, expected) => {
    expect(isClosing({ level: 'INFO', message, details: {}, stack: undefined })).toBe(expected);
  });
});
