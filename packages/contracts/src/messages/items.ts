import { mergePatchOf } from '../changes.ts';
import { timestamp, uuid } from '../fields.ts';
import { defineMessage } from '../message.ts';
import { constant, objectOf, oneOf, schema } from '../schema.ts';
import { itemChanges, itemInput } from '../services/items.ts';

const id = schema(uuid);
const time = schema(timestamp);
const text = schema({ type: 'string', minLength: 1 });
const texts = schema({ type: 'array', items: { type: 'string', minLength: 1 } });
const count = schema({ type: 'integer', minimum: 0 });
const limit = schema({ type: 'integer', minimum: 1, maximum: 100 });

/** States as callers name them in If-Match: their times need not be ones that anything was created at. */
const ifMatch = schema({
  type: 'array',
  items: {
    type: 'object',
    properties: { version: { type: 'integer' }, createdAt: { type: 'string' } },
    required: ['version', 'createdAt'],
    additionalProperties: false,
  },
});

const asked = { requestId: id, owner: text } as const;
const ofItem = { ...asked, itemId: id } as const;

export const writeItem = defineMessage({
  name: 'writeItem',
  summary: 'Carry out what was asked for one item; the queue keeps those of one item in their order',
  body: oneOf(
    'operation',
    objectOf({ operation: constant('create'), ...ofItem, input: itemInput, payloadDigest: text }, [
      'operation',
      'requestId',
      'owner',
      'itemId',
      'input',
    ]),
    objectOf({ operation: constant('update'), ...ofItem, changes: mergePatchOf(itemChanges), ifMatch }, [
      'operation',
      'requestId',
      'owner',
      'itemId',
      'changes',
    ]),
    objectOf({ operation: constant('delete'), ...ofItem, ifMatch }, ['operation', 'requestId', 'owner', 'itemId']),
  ),
});

export const readItems = defineMessage({
  name: 'readItems',
  summary: 'Read an item, or a page of an owner’s items',
  body: oneOf(
    'operation',
    objectOf({ operation: constant('get'), ...ofItem }, ['operation', 'requestId', 'owner', 'itemId']),
    objectOf({ operation: constant('list'), ...asked, limit, after: texts }, [
      'operation',
      'requestId',
      'owner',
      'limit',
    ]),
  ),
});

/**
 * `announce`: to all that subscribed to a request, or to those of them whose connection ids come after one: the others are
 * another notice's. `answer`: to one connection, that came when the request was complete already, that asked for a request
 * that there is not, or that an announcement did not reach; `attempts` were made before.
 */
export const notifyClients = defineMessage({
  name: 'notifyClients',
  summary: 'Tell clients what a request has come to',
  body: oneOf(
    'operation',
    objectOf({ operation: constant('announce'), requestId: id, after: text }, ['operation', 'requestId']),
    objectOf(
      {
        operation: constant('answer'),
        ...asked,
        connectionId: text,
        connectedAt: time,
        attempts: count,
      },
      ['operation', 'requestId', 'owner', 'connectionId', 'connectedAt'],
    ),
  ),
});

const opening = schema({ type: 'object', properties: { requestId: uuid } });
const subscription = schema({
  type: 'object',
  properties: { action: { const: 'subscribe' }, requestId: uuid },
  required: ['action', 'requestId'],
});
const cancellation = schema({
  type: 'object',
  properties: { action: { const: 'unsubscribe' }, requestId: uuid },
  required: ['action', 'requestId'],
});
const sign = schema({ type: 'object', properties: { action: { const: 'ping' } }, required: ['action'] });

export const connect = defineMessage({
  name: 'connect',
  summary: 'Open a connection; its query may name a request to hear of',
  body: opening,
});

export const subscribe = defineMessage({
  name: 'subscribe',
  summary: 'Hear what a request comes to',
  body: subscription,
});

export const unsubscribe = defineMessage({
  name: 'unsubscribe',
  summary: 'Hear no more of a request',
  body: cancellation,
});

export const ping = defineMessage({ name: 'ping', summary: 'Keep the connection open', body: sign });
