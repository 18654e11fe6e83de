import { getMemo, updateMemo } from '@app/contracts/samples/memos';
import { describe, expect, it } from '@jest/globals';
import { type Answer, faultsOf } from '../../src/answers/judge.ts';
import { operationAt, operationOf } from '../../src/answers/operations.ts';

const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const createdAt = '2026-01-01T00:00:00.000Z';
const memo = { id, title: 'Milk', content: '', version: 1, createdAt, updatedAt: createdAt };
const problem = { type: '/problems/not-found', title: 'No', status: 404, detail: 'No memo', requestId: id };
const headers = { 'x-request-id': id, 'content-type': 'application/json' };

const ofMemo = (body: unknown, more: Partial<Answer> = {}): Answer => ({
  operation: getMemo,
  status: 200,
  headers,
  body: JSON.stringify(body),
  ...more,
});
const ofProblem = (body: unknown, more: Partial<Answer> = {}) =>
  ofMemo(body, { status: 404, headers: { ...headers, 'content-type': 'application/problem+json' }, ...more });

describe('an answer', () => {
  it.each<[string, Answer]>([
    ['a documented body', ofMemo(memo)],
    ['no body, where there is none', ofMemo('', { status: 304, body: '' })],
    ['a documented problem', ofProblem(problem)],
    ['a problem that every operation may have', ofProblem({ ...problem, status: 503 }, { status: 503 })],
    ['a success of an operation that no contract has', ofMemo({ anything: true }, { operation: undefined })],
  ])('is right that has %s', async (_case, answer) => {
    expect(await faultsOf(answer)).toEqual([]);
  });

  it.each<[string, Answer, string]>([
    ['a status that is not documented', ofMemo(memo, { status: 201 }), 'the status is not documented'],
    ['a problem that is not documented', ofProblem(problem, { status: 409 }), 'the status is not documented'],
    ['a field too many', ofMemo({ ...memo, ownerId: 'ada' }), 'additionalProperty":"ownerId"'],
    ['a field too few', ofMemo({ ...memo, version: undefined }), 'missingProperty":"version"'],
    ['a number as text', ofMemo({ ...memo, version: '1' }), '/version type'],
    ['a time that is none', ofMemo({ ...memo, createdAt: '2026-02-31T00:00:00.000Z' }), '/createdAt format'],
    ['a time as nobody stores it', ofMemo({ ...memo, createdAt: '2026-01-01T00:00:00Z' }), 'canonical'],
    ['an id in capitals', ofMemo({ ...memo, id: id.toUpperCase() }), 'canonical'],
    ['a body where there is none', ofMemo(memo, { status: 304 }), 'there is a body'],
    ['no body where there is one', ofMemo(memo, { body: '' }), 'not JSON'],
    ['another media type', ofMemo(memo, { headers: { ...headers, 'content-type': 'text/html' } }), 'text/html'],
    ['no request id', ofMemo(memo, { headers: { 'content-type': 'application/json' } }), 'x-request-id is undefined'],
    ['a problem as plain JSON', ofProblem(problem, { headers }), 'content-type is application/json'],
    ['a problem of another status', ofProblem({ ...problem, status: 400 }), "the problem's status is 400"],
    ['a problem of another request', ofProblem({ ...problem, requestId: 'r' }), 'different ids'],
    ['no problem at all', ofProblem({ message: 'No' }), 'missingProperty":"detail"'],
    ['a malformed problem of no contract', ofProblem({ ...problem, a: 1 }, { operation: undefined }), '"a"'],
  ])('is wrong that has %s', async (_case, answer, fault) => {
    expect((await faultsOf(answer)).join('\n')).toContain(fault);
  });
});

describe('operationOf', () => {
  it('tells PATCH from PUT, which share a function', () => {
    expect(operationOf('updateMemo', 'PUT')).toBe(updateMemo);
    expect(operationOf('updateMemo', 'PATCH')?.operationId).toBe('patchMemo');
  });

  it('finds nothing for a method that the function does not serve', () => {
    expect(operationOf('getMemo', 'HEAD')).toBeUndefined();
  });
});

describe('operationAt', () => {
  it('finds the operation by its route', () => {
    expect(operationAt('GET', `/memos/${id}`)).toBe(getMemo);
    expect(operationAt('GET', `/memos/${id}/more`)).toBeUndefined();
  });
});
