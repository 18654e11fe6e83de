import { describe, expect, it } from '@jest/globals';
import {
  conflict,
  HttpProblem,
  idempotencyKeyReused,
  internalError,
  invalidHeader,
  notFound,
  orNotFound,
  preconditionFailed,
  problemDocument,
  problemTypes,
  serviceUnavailable,
} from '../../src/problem.ts';

describe('problemDocument', () => {
  it('has the members of RFC 9457, the request id and the violations', () => {
    const problem = invalidHeader('If-Match', 'must be a list');

    expect(problemDocument(problem, 'request-1')).toEqual({
      type: '/problems/invalid-request',
      title: 'The request is not valid',
      status: 400,
      detail: 'The request does not match its contract',
      requestId: 'request-1',
      errors: [{ in: 'header', pointer: '/If-Match', detail: 'must be a list' }],
    });
  });

  it('shows nothing of the cause', () => {
    const document = problemDocument(internalError(new Error('secret')), 'request-1');

    expect(JSON.stringify(document)).not.toContain('secret');
    expect(document).not.toHaveProperty('errors');
  });
});

describe('the problems', () => {
  it.each([
    [notFound('Note', '1'), 404, 'not-found'],
    [conflict('taken'), 409, 'conflict'],
    [preconditionFailed(), 412, 'precondition-failed'],
    [idempotencyKeyReused(), 422, 'idempotency-key-reused'],
    [internalError('x'), 500, 'internal-error'],
    [serviceUnavailable('x'), 503, 'service-unavailable'],
  ])('%s has its status and type', (problem, status, slug) => {
    expect(problem).toBeInstanceOf(HttpProblem);
    expect(problem).toMatchObject({ status, slug });
  });

  it('have each a type of their own', () => {
    const slugs = Object.values(problemTypes).map(([, slug]) => slug);

    expect(new Set(slugs).size).toBe(slugs.length);
  });

  it('keep the cause for the log', () => {
    const cause = new Error('the table burns');

    expect(serviceUnavailable(cause)).toMatchObject({ cause, headers: { 'Retry-After': '1' } });
    expect(serviceUnavailable(cause, 30).headers).toEqual({ 'Retry-After': '30' });
  });
});

describe('orNotFound', () => {
  it.each([0, '', false, null])('hands back %p, which is there', (value) => {
    expect(orNotFound(value, 'Note', '1')).toBe(value);
  });

  it('names what is absent', () => {
    expect(() => orNotFound(undefined, 'Note', '1')).toThrow('Note 1 does not exist');
  });
});
