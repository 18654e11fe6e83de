import { httpApiEvent, restApiEvent } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { principal } from '../../src/principal.ts';

const gateways = [
  ['an HTTP API', httpApiEvent],
  ['a REST API', restApiEvent],
] as const;

describe.each(gateways)('the principal of a request to %s', (_name, eventOf) => {
  it('is the subject that the authorizer found', () => {
    expect(principal(eventOf({ subject: 'alice' }))).toEqual({ subject: 'alice' });
  });

  it('is public where there is no authorizer', () => {
    expect(principal(eventOf())).toEqual({ subject: 'public' });
  });

  it('cannot be chosen by the caller', () => {
    const event = eventOf({
      method: 'POST',
      query: 'subject=mallory',
      headers: { subject: 'mallory', authorization: 'mallory', 'x-amzn-subject': 'mallory' },
      body: { subject: 'mallory', requestContext: { authorizer: { subject: 'mallory' } } },
    });

    expect(principal(event)).toEqual({ subject: 'public' });
  });
});

describe('principal', () => {
  it.each([
    ['empty', ''],
    ['a number', 7],
    ['an object', { sub: 'alice' }],
    ['null', null],
  ])('is public when the subject is %s', (_case, subject) => {
    expect(principal({ requestContext: { authorizer: { lambda: { subject } } } })).toEqual({ subject: 'public' });
  });

  it('is public when there is an authorizer that says nothing', () => {
    expect(principal({ requestContext: { authorizer: null } })).toEqual({ subject: 'public' });
  });
});
