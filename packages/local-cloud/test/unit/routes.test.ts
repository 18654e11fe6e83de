import { describe, expect, it } from '@jest/globals';
import type { FunctionEvent } from '../../src/framework/types.ts';
import { assertDisjoint, ownerOf, prefixesOf } from '../../src/gateway/routes.ts';

const service = (...events: FunctionEvent[]) => ({
  service: { service: 'any', provider: { stage: 'dev' }, functions: { one: { events } } },
});

describe('prefixesOf', () => {
  it('reads every way in which a route can be written', () => {
    const events: FunctionEvent[] = [
      { httpApi: 'GET /notes/{id}' },
      { httpApi: { method: 'GET', path: '/requests/{id}' } },
      { httpApi: { routeKey: 'POST /items' } },
      { http: { method: 'get', path: 'users/{id}' } },
      { http: 'GET /tasks' },
    ];

    expect(prefixesOf(service(...events))).toEqual(['/items', '/notes', '/requests', '/tasks', '/users']);
  });

  it('names what lies below another prefix once', () => {
    expect(prefixesOf(service({ httpApi: 'GET /notes/archive' }, { httpApi: 'GET /notes' }))).toEqual(['/notes']);
  });

  it('claims nothing for catch-alls and other events', () => {
    expect(
      prefixesOf(service({ httpApi: '*' }, { http: { method: 'any', path: '/{proxy+}' } }, { websocket: '$connect' })),
    ).toEqual([]);
  });
});

describe('ownerOf', () => {
  const claims = new Map([
    ['notes', ['/notes', '/v2/notes']],
    ['users', ['/users/by-email', '/v2/users']],
  ]);

  it.each([
    ['/notes', 'notes'],
    ['/notes/1', 'notes'],
    ['/v2/users/1', 'users'],
    ['/users/unknown', 'users'],
  ])('%s belongs to %s', (path, owner) => {
    expect(ownerOf(claims, path)).toBe(owner);
  });

  it.each(['/', '/notesandmore', '/v2', '/v2/tasks', '/tasks'])('%s belongs to nobody', (path) => {
    expect(ownerOf(claims, path)).toBeUndefined();
  });
});

describe('assertDisjoint', () => {
  it('names both services that claim one prefix', () => {
    const claims = new Map([
      ['notes', ['/notes']],
      ['archive', ['/old', '/notes']],
    ]);

    expect(() => assertDisjoint(claims)).toThrow('archive and notes both have routes under /notes.');
  });
});
