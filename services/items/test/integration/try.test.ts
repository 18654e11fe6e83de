import { it } from '@jest/globals';
import { startItemsCloud } from '../support/ownCloud.ts';
import { itemsClient } from '../support/client.ts';
it('x', async () => {
const cloud = await startItemsCloud();
const items = itemsClient(cloud.gateway);
const a = await items.create({ name: 'x' }, items.waiting);
await new Promise((r) => setTimeout(r, 500));
console.log(a.status, a.headers.get('x-request-id'), process.env.POWERTOOLS_LOG_LEVEL);
console.log(cloud.output(), Object.entries(process.env).filter(([n]) => /POWER|LOG|AWS/.test(n)));
await cloud.stop();
}, 30000);
