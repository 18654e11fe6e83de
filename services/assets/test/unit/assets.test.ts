import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { aFile, assetsApi, creationOf } from '../support/assetsApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = assetsApi('ada');
const assetId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const row = {
  assetId,
  ...aFile,
  status: 'uploaded',
  s3Key: 'k',
  s3Bucket: 'b',
  ownerId: 'ada',
  version: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  expiresAt: '2999-01-01T00:00:00.000Z',
};

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(PutCommand).resolves({});
});

describe('POST /assets', () => {
  it('responds 201 with the asset, where it will lie, and how to upload it', async () => {
    const response = await api.create({ ...aFile, fileName: 'Ö/1.txt' });

    const { asset, upload } = creationOf(response);
    expect(response).toMatchObject({
      status: 201,
      headers: { Location: `/assets/${asset.assetId}`, ETag: expect.stringMatching(/^"1-/) },
    });
    expect(asset).toEqual({
      assetId: asset.assetId,
      ...aFile,
      fileName: 'Ö/1.txt',
      status: 'pending',
      s3Key: `assets/${asset.assetId}/Ö_1.txt`,
      s3Bucket: 'assets-dev-000000000000',
      expiresAt: expect.any(String),
      version: 1,
      createdAt: asset.createdAt,
      updatedAt: asset.createdAt,
    });
    expect(Date.parse(asset.expiresAt) - Date.parse(asset.createdAt)).toBeCloseTo(30 * 24 * 3_600_000, -3);
    expect(upload).toMatchObject({ method: 'PUT', headers: { 'Content-Type': 'text/plain', 'Content-Length': '5' } });
    expect(Date.parse(upload.expiresAt) - Date.now()).toBeCloseTo(3_600_000, -4);
  });

  it('signs type, length and host, for an hour, and no checksum of an empty body', async () => {
    const { asset, upload } = creationOf(await api.create());

    const query = Object.fromEntries(new URL(upload.url).searchParams);
    expect(query).toMatchObject({
      'X-Amz-SignedHeaders': 'content-length;content-type;host',
      'X-Amz-Expires': '3600',
      'x-amz-meta-uploaded-for': asset.createdAt,
    });
    expect(Object.keys(query).filter((name) => name.includes('checksum'))).toEqual([]);
  });

  it.each([
    ['no name', { fileName: undefined }, '/fileName', 'is required'],
    ['an empty name', { fileName: '' }, '/fileName', 'must have at least 1 character'],
    ['a name of 256', { fileName: '𝄞'.repeat(256) }, '/fileName', 'must have no more than 255 characters'],
    ['a name of 300', { fileName: 'a'.repeat(300) }, '/fileName', 'must have no more than 255 characters'],
    ['half a character', { fileName: '\uD834' }, '/fileName', 'must be well-formed Unicode (no lone surrogates)'],
    ['no type', { contentType: '' }, '/contentType', 'must be a valid media-type'],
    ['a type with a line break', { contentType: 'text/plain\r\nx: y' }, '/contentType', 'must be a valid media-type'],
    ['no bytes', { size: 0 }, '/size', 'must be 1 or more'],
    ['a byte too many', { size: 104_857_601 }, '/size', 'must be 104857600 or less'],
    ['half a byte', { size: 1.5 }, '/size', 'must be of type integer'],
    ['a status', { status: 'uploaded' }, '/status', 'is not known'],
  ])('responds 400 to %s, and writes nothing', async (_case, field, pointer, detail) => {
    const response = await api.create({ ...aFile, ...field });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer, detail }] });
    expect(dynamodb.calls()).toHaveLength(0);
  });

  it.each([
    ['a name of 255', { fileName: '𝄞'.repeat(255) }],
    ['one byte', { size: 1 }],
    ['100 MiB', { size: 104_857_600 }],
    ['a type with parameters', { contentType: 'text/plain; charset="utf-8"' }],
  ])('takes %s', async (_case, field) => {
    expect(await api.create({ ...aFile, ...field })).toMatchObject({ status: 201, body: { asset: field } });
  });
});

describe('GET /assets/{assetId}/download', () => {
  it('responds 200 with a URL that names the file, for an hour', async () => {
    dynamodb.on(GetCommand).resolves({ Item: { ...row, fileName: 'Ö.txt' } });

    const { status, body } = await api.download(assetId);

    const query = new URL(String(body?.['url'])).searchParams;
    expect(status).toBe(200);
    expect(query.get('response-content-disposition')).toBe(`attachment; filename="_.txt"; filename*=UTF-8''%C3%96.txt`);
    expect(query.get('X-Amz-Expires')).toBe('3600');
    expect(Date.parse(String(body?.['expiresAt'])) - Date.now()).toBeCloseTo(3_600_000, -4);
  });

  it.each(['pending', 'failed'])('responds 409 when the asset is %s', async (status) => {
    dynamodb.on(GetCommand).resolves({ Item: { ...row, status } });

    expect((await api.download(assetId)).body).toMatchObject({ status: 409, type: '/problems/conflict' });
  });

  it('responds 404 when the asset has expired, or was never there', async () => {
    dynamodb
      .on(GetCommand)
      .resolvesOnce({ Item: { ...row, expiresAt: '2020-01-01T00:00:00.000Z' } })
      .resolves({});

    expect((await api.download(assetId)).status).toBe(404);
    expect((await api.download(assetId)).status).toBe(404);
  });
});

describe('PUT /assets/{assetId}', () => {
  it('changes the name alone: the key stays', async () => {
    dynamodb.on(UpdateCommand).resolves({ Attributes: { ...row, fileName: 'b.txt' } });

    expect((await api.update(assetId, { fileName: 'b.txt' })).status).toBe(200);
    const { ExpressionAttributeNames = {} } = dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input ?? {};
    expect(Object.values(ExpressionAttributeNames)).not.toContain('s3Key');
  });

  it.each([
    ['nothing', {}],
    ['a type', { contentType: 'text/html' }],
    ['a size', { size: 6 }],
    ['an expiry', { expiresAt: '2999-01-01T00:00:00Z' }],
  ])('responds 400 to %s', async (_case, changes) => {
    expect((await api.update(assetId, changes)).status).toBe(400);
    expect(dynamodb.calls()).toHaveLength(0);
  });

  it('responds 400 to a merge patch that removes the name', async () => {
    expect((await api.patch(assetId, { fileName: null })).status).toBe(400);
  });
});

describe('GET /assets', () => {
  it('asks the index of times without a status, that of statuses with one', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: [] });

    await api.list('createdFrom=2026-01-01T00:00:00Z');
    await api.list('status=failed');

    expect(dynamodb.commandCalls(QueryCommand).map((call) => call.args[0].input)).toMatchObject([
      { IndexName: 'createdAt-index', ExpressionAttributeValues: { ':v0': 'ada', ':v1': '2026-01-01T00:00:00.000Z' } },
      { IndexName: 'status-index', ExpressionAttributeValues: { ':v0': 'ada#failed' } },
    ]);
  });
});
