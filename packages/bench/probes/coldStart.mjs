// Run as a process of its own: loads a bundle, invokes it once, and tells the milliseconds of both on stderr.
const [, , bundle, event] = process.argv;
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 10_000 };

const startedAt = performance.now();
const { handler } = await import(bundle);
const loadedAt = performance.now();
const { statusCode } = await handler(JSON.parse(event), context);
const endedAt = performance.now();

process.stderr.write(JSON.stringify({ statusCode, load: loadedAt - startedAt, invoke: endedAt - loadedAt }));
process.exit();
