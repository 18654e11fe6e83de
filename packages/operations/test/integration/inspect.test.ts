import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freeBase } from '@app/test-support/freeBase';
import { settled } from '@app/test-support/time';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runCommand, startCommand } from '../support/runCommand.ts';

const gateway = process.env['GATEWAY_URL'] ?? '';
const of = (name: string) => (line: string) =>
  runCommand(name, [...line.split(' ').filter(Boolean), '--gateway', gateway]);
const [traces, iam, faults] = ['traces', 'iam', 'faults'].map(of) as [
  ReturnType<typeof of>,
  ReturnType<typeof of>,
  ReturnType<typeof of>,
];
const servers: Server[] = [];
const ids: string[] = [];

/** Something else that answers. Resolves to its URL. */
const answerWith = async (answer: RequestListener) => {
  const server = createServer(answer);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const createItem = async () => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const response = await fetch(`${gateway}/items`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'Traced', quantity: 1 }),
  });
  return response.headers.get('x-request-id') ?? '';
};
const getNote = async (id = 'no-uuid') => (await fetch(`${gateway}/notes/${id}`)).headers.get('x-request-id') ?? '';
/** A fault that does no harm to the tests that run beside this one. */
const addHarmless = async (options = '') => {
  const added = await faults(`add delay --milliseconds 0 --function notes:unknownRoute ${options}`);
  const [id = ''] = /fault-\d+/.exec(added.output) ?? [];
  ids.push(id);
  return { ...added, id };
};

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  for (const id of ids.splice(0)) await faults(`remove ${id}`);
});

describe('pnpm traces', () => {
  it('lists the newest last', async () => {
    const first = await getNote();
    const second = await getNote();

    const { code, output } = await traces('--service notes --limit 200');

    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`GET /notes/\\{id\\} .* 400 +[\\d.]+ {2}${first}$`, 'm'));
    expect(output.indexOf(first)).toBeLessThan(output.indexOf(second));
    expect(output).not.toContain('\u001B');
  });

  it('lists those that the options let through, as JSON', async () => {
    const id = await getNote();
    const other = await getNote(randomUUID());

    const { output } = await traces(`--status 400 --operation /notes/{id} --json --id ${id}`);
    const none = await traces(`--status 400 --id ${other}`);

    expect(JSON.parse(output)).toEqual([expect.objectContaining({ requestId: id, status: 400 })]);
    expect(none).toEqual({ code: 0, output: '', error: 'There is no such trace.\n' });
  });

  it('shows a request with its function, its calls, what they set off, and what was printed', async () => {
    const id = await createItem();

    const { output } = await settled(
      () => traces(`show ${id}`),
      (ended) => /items:writer[^]*TransactWriteItems/.test(ended.output),
    );

    const names = output.split('\n').map((line) => line.slice(22));
    expect(names).toEqual(
      expect.arrayContaining([
        'POST /items  202',
        expect.stringMatching(/^ {2}items:createItem/),
        expect.stringMatching(/^ {4}\| INFO request .*status=202/),
        expect.stringMatching(/^ {4}DynamoDB\.PutItem {2}200 {2}items-requests-dev {2}2 capacity units/),
        expect.stringMatching(/^ {4}SQS\.SendMessage {2}200 {2}items-writes-dev\.fifo/),
        expect.stringMatching(/^ {6}items:writer {2}from items-writes-dev\.fifo/),
        expect.stringMatching(/^ {8}DynamoDB\.TransactWriteItems/),
      ]),
    );
  });

  it('follows requests as they end, until it is interrupted', async () => {
    const following = startCommand('traces', ['--follow', '--service', 'notes', '--gateway', gateway]);
    await settled(following.output, (output) => output.includes('request or trace'));
    const id = await getNote();

    const output = await settled(following.output, (text) => text.includes(id));
    const code = await following.interrupt();

    expect(output).toMatch(new RegExp(`notes +GET /notes/\\{id\\} +400 +[\\d.]+ {2}${id}$`, 'm'));
    expect(output).not.toContain('DynamoDB.');
    expect([code, following.error()]).toEqual([0, '']);
  });

  it('follows as JSON, one object a line', async () => {
    const following = startCommand('traces', ['--follow', '--json', '--gateway', gateway]);

    const id = await settled(getNote, (each) => following.output().includes(each), { every: 100 });
    await following.interrupt();

    const spans = following
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(spans).toContainEqual(
      expect.objectContaining({ attributes: expect.objectContaining({ 'local.request_id': id }) }),
    );
  });

  it('says which traces there are when it does not know one, and which filters', async () => {
    const known = await getNote();

    const unknown = await traces('show unknown');
    const service = await traces('--service unknown');

    expect(unknown).toMatchObject({ code: 1, output: '', error: expect.stringMatching(/no trace of "unknown"/) });
    expect(known).not.toBe('');
    expect(service).toMatchObject({ code: 2, output: '', error: expect.stringMatching(/service "unknown".* notes, /) });
  });
});

describe('pnpm iam', () => {
  it('lists all functions', async () => {
    await createItem();

    const { code, output } = await iam('');

    expect(code).toBe(0);
    expect(output).toMatch(/^items:createItem +4 +[1-4]$/m);
    expect(output).toMatch(/^notes:unknownRoute +0 +0$/m);
  });

  it('has what one called against what it may', async () => {
    await createItem();

    const { code, output } = await iam('items:createItem');

    expect(code).toBe(0);
    expect(output).toMatch(/^dynamodb:PutItem +arn:\S+:table\/items-requests-dev +\d+ {2}allowed$/m);
    expect(output).toMatch(/^sqs:SendMessage +arn:\S+:items-writes-dev\.fifo +used$/m);
  });

  it('names the functions there are when it does not know one', async () => {
    const { code, error } = await iam('items:unknown');

    expect(code).toBe(1);
    expect(error).toMatch(/no function "items:unknown": there are .*items:createItem/);
    expect(error).not.toContain('pnpm iam');
  });
});

describe('pnpm faults', () => {
  it('adds one, lists it with its hits, and removes it', async () => {
    const { code, id, output } = await addHarmless('--service dynamodb --share 0.5 --count 3');
    const line = `${id} +delay +dynamodb by notes:unknownRoute +0 ms, 50 % +0 of 3$`;

    const listed = await faults('');
    const removed = await faults(`remove ${id}`);
    const again = await faults(`remove ${id}`);

    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(line, 'm'));
    expect(listed.output).toMatch(new RegExp(line, 'm'));
    expect(removed).toMatchObject({ code: 0, output: expect.not.stringContaining(`${id} `) });
    expect(again).toMatchObject({ code: 1, error: expect.stringContaining(`There is no fault "${id}"`) });
  });

  it('clears all', async () => {
    const asked: unknown[] = [];
    const url = await answerWith(({ method, url: path, headers }, response) => {
      asked.push([method, path, headers['x-local-tool'] !== undefined]);
      response.setHeader('content-type', 'application/json').end('{"faults":[]}');
    });

    const { code, output } = await runCommand('faults', ['clear', '--gateway', url]);

    expect(asked).toEqual([['DELETE', '/_local/faults', true]]);
    expect([code, output]).toEqual([0, 'No fault is on.\n']);
  });

  it('says which effects there are, and what is wrong with a fault', async () => {
    const effect = await faults('add wreck');
    const needs = await faults('add delay --function items:unknown');

    expect(effect).toMatchObject({ code: 2, output: '', error: expect.stringMatching(/"wreck".*throttle, delay/) });
    expect(needs).toMatchObject({
      code: 2,
      error: expect.stringMatching(/function is "items:unknown".*delay needs milli/),
    });
  });
});

describe.each(['traces', 'iam', 'faults'])('pnpm %s', (name) => {
  it('finds the cloud by LOCAL_PORT_BASE', async () => {
    const { code, error } = await runCommand(name, [], { LOCAL_PORT_BASE: new URL(gateway).port });

    expect([code, error]).toEqual([0, '']);
  });

  it('says how to start a cloud that is not up', async () => {
    const url = `http://127.0.0.1:${await freeBase()}`;

    const { code, output, error } = await runCommand(name, ['--gateway', url]);

    expect([code, output]).toEqual([1, '']);
    expect(error).toMatch(
      new RegExp(`^No local cloud answers at ${url} \\(ECONNREFUSED\\)\\. Start it with npm start.*\n$`),
    );
  });

  it('says that something else answers', async () => {
    const url = await answerWith((_request, response) => response.setHeader('content-type', 'text/html').end('<p>'));

    const { code, error } = await runCommand(name, ['--gateway', url]);

    expect(code).toBe(1);
    expect(error).toMatch(/is no local cloud.*\n$/);
  });

  it('has its usage for wrong words, and for --help', async () => {
    const wrong = await runCommand(name, ['--wrong']);
    const help = await runCommand(name, ['--help']);

    expect(help).toMatchObject({ code: 0, error: '', output: expect.stringContaining(`pnpm ${name} `) });
    expect(wrong).toMatchObject({
      code: 2,
      output: '',
      error: expect.stringMatching(/^Unknown option '--wrong'\.\n\n/),
    });
    expect(wrong.error.endsWith(help.output)).toBe(true);
  });
});

it('pnpm faults --help has what each effect does', async () => {
  const { output } = await runCommand('faults', ['--help']);

  expect(output).toMatch(/^ {2}lose +the call is carried out, and its answer is lost$/m);
});
