import { describe, expect, it } from '@jest/globals';
import {
  type CorsPolicy,
  httpApiPolicy,
  preflightHeaders,
  responseHeaders,
  restPreflightPolicy,
} from '../../src/apigateway/cors.ts';

const configured = {
  allowedOrigins: ['http://a.example'],
  allowedMethods: ['GET'],
  allowedHeaders: ['If-Match'],
  exposedResponseHeaders: ['ETag'],
  maxAge: 60,
};
const policyOf = (cors: Parameters<typeof httpApiPolicy>[0]) => httpApiPolicy(cors) as CorsPolicy;

describe('an HTTP API', () => {
  it('lets a listed origin read, and what is exposed', () => {
    expect(responseHeaders(policyOf(configured), 'http://a.example')).toEqual({
      'access-control-allow-origin': 'http://a.example',
      'access-control-expose-headers': 'ETag',
    });
  });

  it.each(['http://b.example', 'http://a.example.evil', 'https://a.example', 'null'])('tells %s nothing', (origin) => {
    expect(responseHeaders(policyOf(configured), origin)).toEqual({});
    expect(preflightHeaders(policyOf(configured), origin)).toEqual({});
  });

  it('promises in a preflight what is configured', () => {
    expect(preflightHeaders(policyOf(configured), 'http://a.example')).toMatchObject({
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'If-Match',
      'access-control-max-age': '60',
    });
  });

  it('says * for anyone rather than echo, and credentials only where configured', () => {
    expect(responseHeaders(policyOf(true), 'http://b.example')).toEqual({ 'access-control-allow-origin': '*' });
    expect(responseHeaders(policyOf({ ...configured, allowCredentials: true }), 'http://a.example')).toMatchObject({
      'access-control-allow-credentials': 'true',
    });
  });

  it('has no policy where none is configured', () => {
    expect(httpApiPolicy(undefined)).toBeUndefined();
    expect(httpApiPolicy(false)).toBeUndefined();
  });
});

describe("a REST API's preflight", () => {
  const events = [
    { http: { path: '/users/{id}', method: 'get', cors: { origins: ['http://a.example', 'http://b.example'] } } },
    { http: { path: '/users/{id}', method: 'put', cors: true } },
    { http: { path: '/internal', method: 'get' } },
    { http: { path: '/files/{path+}', method: 'get', cors: { origin: 'http://a.example, http://b.example' } } },
  ];

  it('is answered by the events of its own path', () => {
    const policy = restPreflightPolicy(events, '/users/1');

    expect(policy).toMatchObject({
      methods: ['OPTIONS', 'GET', 'PUT'],
      origins: ['http://a.example', 'http://b.example'],
    });
  });

  it('reads the older list of origins, and greedy parameters', () => {
    expect(restPreflightPolicy(events, '/files/a/b')?.origins).toEqual(['http://a.example', 'http://b.example']);
  });

  it.each(['/internal', '/users', '/users/1/2', '/'])('is not answered for %s', (path) => {
    expect(restPreflightPolicy(events, path)).toBeUndefined();
  });
});
