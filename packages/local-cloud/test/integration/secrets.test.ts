import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settled } from '@app/test-support/time';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { callerOf } from './support/epsilon.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;
let call: ReturnType<typeof callerOf>;

const parameter = '/groundwork/dev/zeta/signingKey';
const body = 'a text';
const signedWith = (key: string) => createHmac('sha256', key).update(body).digest('hex');
const write = (key: string) =>
  writeFile(join(workspace.root, '.secrets.local.json'), JSON.stringify({ zeta: { signingKey: key } }));

const ask = (path: string) => fetch(`${cloud.urls['gateway']}/zeta/${path}`, { method: 'POST', body });
/** The newest trace in which a secret was read. */
const newestTrace = async () => {
  const [{ traceId } = { traceId: '' }] = await call.traces('operation=GetParameter&function=zeta:sign');
  return JSON.stringify(await call.trace(traceId));
};

beforeAll(async () => {
  workspace = await createWorkspace('secrets');
  await write('the first signing key');
  cloud = await startLocalCloud({ dataDir: workspace.data, args: ['--root', workspace.root] });
  call = callerOf(cloud);
});

afterAll(async () => {
  await cloud?.stop().catch(() => {}); // it tells of the right that is missing
  await workspace?.remove();
});

describe('a function that needs a secret', () => {
  it('reads it, and the new one after a change, without a restart', async () => {
    const before = await (await ask('sign')).text();
    await write('the second signing key');
    const after = await settled(
      async () => (await ask('sign')).text(),
      (text) => text !== before,
    );

    expect([before, after]).toEqual([signedWith('the first signing key'), signedWith('the second signing key')]);
  });

  it('is refused without the right, and the terminal says which statement to add', async () => {
    const response = await ask('forge');

    expect(await response.json()).toMatchObject({ name: 'AccessDeniedException' });
    expect(call.said().join('\n')).toContain(
      "- { Effect: Allow, Action: ssm:GetParameter, Resource: !Sub 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${self:custom.secrets.signingKey}' }",
    );
  });

  it('leaves the call in its trace, and the value nowhere', async () => {
    await write('the third signing key');
    await settled(
      async () => (await ask('sign')).text(),
      (text) => text === signedWith('the third signing key'),
    );

    const trace = await settled(newestTrace, (text) => text.includes('signs with'));
    expect(trace).toContain(parameter);
    expect(trace).toContain('signs with ***');
    expect(trace).not.toContain('signing key');
  });
});

describe('Parameter Store on a laptop', () => {
  const client = () =>
    new SSMClient({
      endpoint: cloud.endpoints.ssm ?? '',
      region: 'eu-west-1',
      credentials: { accessKeyId: 'tool', secretAccessKey: 'tool' },
      maxAttempts: 1,
    });

  it('gives a secret that is missing from the file a random value, says so, and keeps it', async () => {
    const Name = '/groundwork/dev/zeta/webhookKey';
    const { Parameter } = await client().send(new GetParameterCommand({ Name, WithDecryption: true }));

    const kept: unknown = JSON.parse(await readFile(join(workspace.data, 'secrets.json'), 'utf8'));
    expect(Parameter).toMatchObject({ Name, Type: 'SecureString', Value: expect.stringMatching(/^[\w-]{43}$/) });
    expect(kept).toEqual({ zeta: { webhookKey: Parameter?.Value } });
    expect(call.said().join('\n')).toContain('zeta.webhookKey is not in .secrets.local.json: a random value is used');
  });

  it('gives who does not ask for decryption a text that is no use', async () => {
    const { Parameter } = await client().send(new GetParameterCommand({ Name: parameter }));

    expect(Parameter?.Value).toMatch(/^AQICAH/);
  });

  it('has no parameter that no service declares', async () => {
    const asking = client().send(new GetParameterCommand({ Name: '/groundwork/prod/zeta/signingKey' }));

    await expect(asking).rejects.toMatchObject({ name: 'ParameterNotFound', $metadata: { httpStatusCode: 400 } });
  });

  it('does nothing but read', async () => {
    const asking = client().send(new PutParameterCommand({ Name: parameter, Value: 'x' }));

    await expect(asking).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  it('answers no web page, and refuses what is not JSON', async () => {
    const headers = { 'x-amz-target': 'AmazonSSM.GetParameter' };
    const ofPage = await fetch(cloud.endpoints.ssm ?? '', {
      method: 'POST',
      headers: { ...headers, origin: 'https://evil.example' },
      body: JSON.stringify({ Name: parameter, WithDecryption: true }),
    });
    const unreadable = await fetch(cloud.endpoints.ssm ?? '', { method: 'POST', headers, body: 'no JSON' });

    expect(ofPage.status).toBe(403);
    expect(unreadable.status).toBe(400);
    expect(await unreadable.json()).toMatchObject({ __type: 'SerializationException' });
  });
});
