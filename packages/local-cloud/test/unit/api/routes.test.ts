import { describe, expect, it } from '@jest/globals';
import { createRouter, type Route, routesOf } from '../../../src/apigateway/http/routes.ts';
import type { FunctionEvent } from '../../../src/framework/types.ts';

const routesFor = (functions: Record<string, FunctionEvent[]>) => {
  const entries = Object.entries(functions).map(([name, events]) => [name, { name, events }]);
  const service = { service: 'notes', provider: { stage: 'dev' }, functions: Object.fromEntries(entries) };
  return routesOf({ service });
};
const found = (routes: readonly Route[], method: string, path: string) => {
  const match = createRouter(routes)(method, path);
  return match && [match.route.functionName, match.parameters];
};

describe('the routes of an HTTP API', () => {
  const routes = routesFor({
    list: [{ httpApi: 'GET /notes' }],
    get: [{ httpApi: { method: 'get', path: '/notes/{id}' } }],
    newest: [{ httpApi: 'GET /notes/newest' }],
    files: [{ httpApi: 'ANY /files/{proxy+}' }, { httpApi: { method: '*', path: '/any' } }],
    other: [{ httpApi: '*' }],
  });

  it.each([
    ['GET', '/notes', ['list', undefined]],
    ['GET', '/notes/1', ['get', { id: '1' }]],
    ['GET', '/notes/newest', ['newest', undefined]],
    ['GET', '/notes/a%20b', ['get', { id: 'a b' }]],
    ['GET', '/notes/%C3%A9', ['get', { id: 'é' }]],
    ['GET', '/notes/%ff', ['get', { id: '\uFFFD' }]],
    ['GET', '/notes/a%2Fb', ['get', { id: 'a/b' }]],
    ['DELETE', '/files/a/b/c', ['files', { proxy: 'a/b/c' }]],
    ['PATCH', '/any', ['files', undefined]],
    ['GET', '/notes/', ['other', undefined]],
    ['GET', '/Notes', ['other', undefined]],
    ['POST', '/notes', ['other', undefined]],
    ['GET', '/notes/1/2', ['other', undefined]],
    ['GET', '//notes', ['other', undefined]],
    ['GET', '/files/', ['other', undefined]],
  ])('has %s %s answered by %j', (method, path, expected) => {
    expect(found(routes, method, path)).toEqual(expected);
  });

  it('have nothing for other paths where there is no $default', () => {
    expect(found(routesFor({ list: [{ httpApi: 'GET /notes' }] }), 'GET', '/other')).toBeUndefined();
  });
});

describe('the routes of a REST API', () => {
  const routes = routesFor({ list: [{ http: 'GET users' }], get: [{ http: { method: 'get', path: 'users/{id}' } }] });

  it.each([
    ['/users', ['list', undefined]],
    ['/users/', ['list', undefined]],
    ['/users/1', ['get', { id: '1' }]],
    ['/users/1/', ['get', { id: '1' }]],
    ['/users//', undefined],
    ['/', undefined],
  ])('take a slash at the end for none: %s', (path, expected) => {
    expect(found(routes, 'GET', path)).toEqual(expected);
  });
});
