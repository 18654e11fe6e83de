import { plain } from '@app/command-line/colour';
import { describe, expect, it } from '@jest/globals';
import { createRecorder } from '../../../src/recorder/recorder.ts';
import { createTerminal, type Mode } from '../../../src/terminal/terminal.ts';
import { numberedSpan } from '../recorder/spans.ts';

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

const resolved = (stack: string) => Promise.resolve(stack.replaceAll('bundle.mjs', 'source.ts'));

const terminalOf = (mode: Mode, resolveStack = resolved) => {
  const written: string[] = [];
  const recorder = createRecorder();
  const terminal = createTerminal({ mode, paint: plain, write: (text) => void written.push(text), resolveStack });
  terminal.attach(recorder);
  const print = async (text: string) => {
    recorder.printed({ service: 'items', key: 'createItem', text });
    await turn();
    return written;
  };
  return { terminal, recorder, written, print };
};
const log = (members: object) => `${JSON.stringify({ level: 'INFO', message: 'hello', ...members })}\n`;
const stack =
  'Error: no\n    at own (bundle.mjs:1:2)\n    at theirs (node_modules/x/index.js:1:2)\n    at node:internal/y:1:2';

describe('the terminal, for people,', () => {
  it('has a line for each request', () => {
    const { recorder, written } = terminalOf('lines');
    recorder.record(numberedSpan(1, { name: 'GET /items', attributes: { 'http.response.status_code': 200 } }));
    recorder.record(numberedSpan(2, { attributes: { 'rpc.system': 'aws-api' } }));

    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/GET \/items.*200.*ms.*\n$/);
  });

  it('has what a function printed behind its name, line by line', async () => {
    expect(await terminalOf('lines').print('one\n\ntwo\n')).toEqual([
      'items:createItem | one\n',
      'items:createItem | two\n',
    ]);
  });

  it('has a log line in short', async () => {
    expect(await terminalOf('lines').print(log({ itemId: '7', service: 'items' }))).toEqual([
      'items:createItem | INFO hello {"itemId":"7"}\n',
    ]);
    expect(await terminalOf('lines').print(log({}))).toEqual(['items:createItem | INFO hello\n']);
  });

  it('has no log line that closes a request, but the stack of its error', async () => {
    expect(await terminalOf('lines').print(log({ message: 'request' }))).toEqual([]);
    expect(
      await terminalOf('lines').print(log({ level: 'ERROR', message: 'request', error: { message: 'no' } })),
    ).toEqual(['    Error: no\n']);
  });

  it('has a stack by its places in the sources, without the frames of dependencies', async () => {
    const written = await terminalOf('lines').print(log({ level: 'ERROR', error: { message: 'no', stack } }));

    expect(written[1]).toBe('    Error: no\n        at own (source.ts:1:2)\n');
  });

  it('has a stack of dependencies alone as it is', async () => {
    const theirs = 'Error: no\n    at theirs (node_modules/x/index.js:1:2)';

    const written = await terminalOf('lines').print(log({ level: 'ERROR', error: { message: 'no', stack: theirs } }));

    expect(written[1]).toContain('at theirs');
  });

  it('has a stack as it is where the sources cannot be read', async () => {
    const { print } = terminalOf('lines', () => Promise.reject(new Error('no source map')));

    const written = await print(log({ level: 'ERROR', error: { message: 'no', stack } }));

    expect(written[1]).toContain('at own (bundle.mjs:1:2)');
  });

  it('has no stack of what is no problem', async () => {
    expect(await terminalOf('lines').print(log({ error: { message: 'no', stack } }))).toHaveLength(1);
  });

  it('says something of the local cloud’s own', async () => {
    const { terminal, written } = terminalOf('lines');
    terminal.say('ready', { port: 3000 });
    terminal.say(`It failed: ${stack}`);
    await turn();

    expect(written[0]).toBe('ready\n');
    expect(written[1]).toContain('at own (source.ts:1:2)');
  });
});

describe('the terminal, for programs,', () => {
  it('has JSON on each line, whatever a function printed', async () => {
    const { terminal, recorder, print, written } = terminalOf('json');
    terminal.say('ready', { port: 3000 });
    recorder.record(numberedSpan(1));
    await print(`${log({ itemId: '7' })}plain\n`);

    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      { level: 'INFO', message: 'ready', service: 'local-cloud', port: 3000 },
      { level: 'INFO', message: 'hello', itemId: '7' },
      { level: 'INFO', message: 'plain', function: 'items:createItem' },
    ]);
    expect(written.every((line) => line.endsWith('\n'))).toBe(true);
  });
});

describe('the terminal, when it is to be quiet,', () => {
  it('has no lines of functions and requests, and what the local cloud says', async () => {
    const { terminal, recorder, print, written } = terminalOf('quiet');
    recorder.record(numberedSpan(1));
    await print('hello\n');
    terminal.say('The disk is full.');

    expect(written).toEqual(['The disk is full.\n']);
  });
});
