import { join } from 'node:path';
import { messagesIn } from '../src/allMessages.ts';
import { apisIn } from '../src/apis.ts';
import { resourcesIn } from '../src/resources.ts';

/** What tests of packages use in place of a service's operations, resources and messages. */
export const sampleApis = await apisIn(join(import.meta.dirname, 'services'));
export const sampleResources = await resourcesIn(join(import.meta.dirname, 'services'));
export const sampleMessages = await messagesIn(join(import.meta.dirname, 'messages'));
