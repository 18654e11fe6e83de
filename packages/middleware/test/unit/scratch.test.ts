import { it } from '@jest/globals';
import { createNotesApi, gateways } from './notes.ts';
it('scan', async () => {
  const bad: Record<string, number[]> = {};
  for (let depth = 500; depth < 15000; depth += 100) {
    for (const [o, c] of [['[', ']'], ['{"a":', '}']] as const) {
    const content = o.repeat(depth) + (o === '[' ? '' : '1') + c.repeat(depth);
    const api = createNotesApi(gateways[0][1]);
    const r = await api.createNote({ headers: { 'idempotency-key': 'k' }, body: `{"title":"Milk","content":${content}}` });
    (bad[o + r.status + (r.body as {type: string}).type] ??= []).push(depth);
    }
  }
  console.log(Object.entries(bad).map(([k, v]) => [k, v[0], v.at(-1), v.length].join(' ')).join('\n'));
});
