import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  anyFunction,
  packageFunction,
  printedBy,
  root,
  serverlessOf,
  stack,
  urlOf,
} from '@app/test-support/deployedFunction';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeOrder } from '../support/takeOrder.ts';

const stage = `test-${randomUUID().slice(0, 8)}`;
const maps = join(root, '.sourcemaps', stage);

/** Where a file of ours says something: `line:`, as a resolved frame has it. */
const lineOf = (source: string, text: string) => `${source.slice(0, source.indexOf(text)).split('\n').length}:`;

/** A folder's name may be anything: sources of a source map are URLs, and names in code are quoted. */
const unusualName = `stack ü C# %41 it's "so" $x;&?-`;

const { service, handler } = anyFunction();
let folder: string;
let trace: string;
let logLine: string;
let thrown: string;
/** Where the handler's source is, as a resolved frame names it. */
let source: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), unusualName));
  const bundle = await packageFunction(serverlessOf(service, { stage }), handler, join(folder, service));
  trace = await printedBy(`import(${urlOf(bundle)}).catch(({ stack }) => console.log(stack))`, join(folder, service));

  const serviceDir = join(folder, 'service', unusualName);
  const handlers = join(serviceDir, 'src/handlers');
  await mkdir(handlers, { recursive: true });
  await writeFile(join(handlers, 'takeOrder.ts'), takeOrder);
  source = relative(root, join(handlers, 'takeOrder.ts'));
  const shop = serverlessOf('orders', { stage, serviceDir });
  const order = await packageFunction(shop, 'takeOrder', join(folder, 'orders'));
  const call = `process.env.POWERTOOLS_SERVICE_NAME = 'orders'; const { handler } = await import(${urlOf(order)}); await handler('none').catch(({ stack }) => console.log(stack))`;
  const printed = await printedBy(call, join(folder, 'orders'));
  logLine = printed.split('\n').find((line) => line.startsWith('{')) ?? '';
  thrown = printed.replace(`${logLine}\n`, '');

  await writeFile(join(handlers, 'größe #1.ts'), takeOrder);
  await packageFunction(shop, 'größe #1', join(folder, 'orders'));
  await writeFile(join(handlers, 'common.ts'), takeOrder);
  for (const name of ['orders', 'returns'])
    await packageFunction({ ...shop, service: { service: name } }, 'common', join(folder, name));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(maps, { recursive: true });
});

describe('pnpm stack', () => {
  it('names file, line and function of a handler’s frames, and leaves the other lines as they are', async () => {
    const readEnv = await readFile(join(root, 'packages/config/src/readEnv.ts'), 'utf8');
    const config = await readFile(join(root, 'services', service, 'src/config.ts'), 'utf8');

    const { output, error, code } = await stack(trace, '--stage', stage);

    const [head, first, second, ...rest] = output.split('\n');
    expect(head).toMatch(/^Error: Missing environment variables: \w+/);
    expect(first).toContain(`    at readEnv (packages/config/src/readEnv.ts:${lineOf(readEnv, 'new Error')}`);
    expect(second).toContain(`    at services/${service}/src/config.ts:${lineOf(config, 'readEnv(')}`);
    expect(rest).toEqual(trace.split('\n').slice(3));
    expect(error).toMatch(new RegExp(`^Source maps of ${service}: .*, packaged \\d{4}-.*Z from \\w+`));
    expect(code).toBe(0);
  });

  it('finds the bundle of a handler whose file’s name a URL encodes', async () => {
    const { output } = await stack(thrown.replaceAll('takeOrder.mjs', 'gr%C3%B6%C3%9Fe%20%231.mjs'), '--stage', stage);

    expect(output).toContain(`at takeOrder (${source.replace('takeOrder.ts', 'größe #1.ts')}:19:17)`);
  });

  it('resolves the frames of asynchronous functions', async () => {
    const { output } = await stack(thrown, '--maps', maps);

    expect(output).toContain(`at reading (${source}:14:17)`);
    expect(output).toContain(`at takeOrder (${source}:19:17)`);
    expect(output).toMatch(/at async \w+ \(.+takeOrder\.ts:24:12\)/);
  });

  it('takes no name of a parameter for a function’s', async () => {
    const [, minified] = /at (\w+) \(/.exec(thrown) ?? [];

    const { output } = await stack(thrown, '--maps', maps);

    expect(output).toContain(`at ${minified} (${source}:10:11)`);
  });

  it('unfolds a line of the log, with the cause of its error, after the rest of the line', async () => {
    const { output, code } = await stack(`START\n${logLine}\nEND\n`, '--stage', stage);

    const lines = output.split('\n');
    expect(lines[0]).toBe('START');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ level: 'ERROR', error: { message: 'no order' } });
    expect(lines[2]).toBe('Error: no order');
    expect(output).toMatch(/^\[cause\]: RangeError: no number: none\n +at readQuantity \(.+takeOrder\.ts:3:/m);
    expect(output).toMatch(/\nEND\n$/);
    expect(output).not.toContain('/var/task/src/handlers/takeOrder.mjs:2:');
    expect(code).toBe(0);
  });

  it('reads the line of Lambda’s runtime, JSON spread over lines, and a piece of such', async () => {
    const lines = trace.trimEnd().split('\n');
    const uncaught = `2026-01-01T00:00:00Z\tid\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'Error', stack: lines })}`;
    const spread = JSON.stringify({ message: { stackTrace: lines } }, null, 2);
    const piece = `"error": { "stack": ${JSON.stringify(trace)},`;

    for (const pasted of [uncaught, spread, piece]) {
      const { output } = await stack(pasted, '--stage', stage);

      expect(output).toMatch(/at readEnv \(packages\/config\/src\/readEnv\.ts:\d+:\d+\)(\n|\\n) {4}at services\//);
    }
  });

  it('takes each line of the log to the service that wrote it', async () => {
    const of = (from: string) => JSON.stringify({ service: from, error: { stack: trace } });

    const { output, error, code } = await stack(`${of('returns-prod')}\n${of(`${service}-prod`)}\n`, '--stage', stage);

    expect(output.match(new RegExp(`at file:///var/task/src/handlers/${handler}\\.mjs`, 'g'))).toHaveLength(1);
    expect(output.match(new RegExp(`at services/${service}/src/config\\.ts`, 'g'))).toHaveLength(1);
    expect(error).toContain(`No source map of returns-prod’s src/handlers/${handler}.mjs`);
    expect(code).toBe(0);
  });

  it('asks whose function it is when two services have one of the name', async () => {
    const pasted = thrown.replaceAll('takeOrder.mjs', 'common.mjs');

    const asked = await stack(pasted, '--stage', stage);
    const told = await stack(pasted, '--stage', stage, '--service', 'returns');

    expect(asked).toMatchObject({ output: pasted, code: 1 });
    expect(asked.error).toMatch(/common\.mjs is in (orders, returns|returns, orders): say in which with --service/);
    expect(told.output).toContain('at takeOrder (');
    expect(told.error).toContain('Source maps of returns');
  });

  it('leaves a trace of another build as it is, and says so', async () => {
    const other = trace.replace(
      new RegExp(`(${handler}\\.mjs:\\d+:)(\\d+)`),
      (_, place: string, column: string) => `${place}${+column + 1}`,
    );

    const { output, error, code } = await stack(other, '--stage', stage);
    const both = await stack(`${other}${trace}`, '--stage', stage);

    expect(output).toBe(other);
    expect(both.output.startsWith(other)).toBe(true);
    expect(both.output).toContain('at readEnv (');
    expect(error).toContain(`Of another build than the source maps of ${service}`);
    expect(code).toBe(1);
  });

  it('leaves what has no source map as it is, and says which is missing and what makes it', async () => {
    const unknown = trace.replaceAll(`${handler}.mjs`, 'getNothing.mjs');

    const { output, error, code } = await stack(unknown, '--stage', stage);

    expect(output).toBe(unknown);
    expect(error).toMatch(/^No source map of any service’s src\/handlers\/getNothing\.mjs in .*serverless package/m);
    expect(error.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  });

  it('leaves frames of other programs as they are, Windows’ paths and line ends too', async () => {
    const others = [
      'Error: x',
      '    at a (C:\\work\\services\\notes\\src\\handlers\\getNote.mjs:2:17)',
      '    at b (file:///C:/var/task/src/handlers/getNote.mjs:2:17)',
      '    at Runtime.handleOnceStreaming (file:///var/runtime/index.mjs:1206:29)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
      '',
    ].join('\r\n');

    const { output, error, code } = await stack(others, '--stage', stage);
    const windows = await stack(trace.replaceAll('\n', '\r\n'), '--stage', stage);

    expect(output).toBe(others);
    expect(error).toContain('no frame of a deployed function');
    expect(code).toBe(1);
    expect(windows.output).toMatch(/at readEnv \(packages\/config\/src\/readEnv\.ts:\d+:\d+\)\r\n/);
  });

  it('reads a file, and says what it does not understand', async () => {
    await writeFile(join(folder, 'trace.txt'), trace);

    const file = await stack('', '--stage', stage, join(folder, 'trace.txt'));
    const noFile = await stack('', '--stage', stage, join(folder, 'none.txt'));
    const noOption = await stack('', '--stege', stage);
    const noStage = await stack(trace, '--stage', 'none');

    expect(file.output).toContain('at readEnv (');
    expect(noFile).toMatchObject({ output: '', code: 1, error: expect.stringContaining('none.txt') });
    expect(noOption).toMatchObject({ output: '', code: 1, error: expect.stringContaining('pnpm stack [<file>]') });
    expect(noStage).toMatchObject({ output: '', code: 1, error: expect.stringContaining(stage) });
  });
});
