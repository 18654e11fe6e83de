/** The messages that tests of packages use: for a queue, for `$connect`, and for an action of a socket. */
import { uuid } from '../../src/fields.ts';
import { defineMessage } from '../../src/message.ts';
import { constant, objectOf, oneOf, schema } from '../../src/schema.ts';

const id = schema(uuid);
const text = schema({ type: 'string', minLength: 1 });
const count = schema({ type: 'integer', minimum: 0 });

export const remind = defineMessage({
  name: 'remind',
  summary: 'Remind all who follow a memo, or one of them',
  body: oneOf(
    'operation',
    objectOf({ operation: constant('announce'), requestId: id, after: text }, ['operation', 'requestId']),
    objectOf({ operation: constant('answer'), requestId: id, owner: text, attempts: count }, [
      'operation',
      'requestId',
      'owner',
    ]),
  ),
});

const opening = schema({ type: 'object', properties: { requestId: uuid } });
const following = schema({
  type: 'object',
  properties: { action: { const: 'subscribe' }, requestId: uuid },
  required: ['action', 'requestId'],
});

export const openChannel = defineMessage({
  name: 'openChannel',
  summary: 'Open a connection; its query may name a memo to follow',
  body: opening,
});

export const follow = defineMessage({ name: 'follow', summary: 'Follow a memo', body: following });
