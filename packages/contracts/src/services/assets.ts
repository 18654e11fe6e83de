import { changesOf } from '../changes.ts';
import { pageOf, pageParameters, problem, timestamp, uuid, version } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { objectOf, schema, type TypeOf } from '../schema.ts';

const fileName = { type: 'string', minLength: 1, maxLength: 255 } as const;
const contentType = { type: 'string', format: 'media-type' } as const;
/** What one PUT to S3 can carry; how much of it a stage allows is its parameter `maxAssetBytes`. */
const size = { type: 'integer', minimum: 1, maximum: 5 * 1024 ** 3 } as const;
const status = { type: 'string', enum: ['pending', 'uploaded', 'failed'] } as const;

const assetInput = schema({
  type: 'object',
  properties: { fileName, contentType, size },
  required: ['fileName', 'contentType', 'size'],
  additionalProperties: false,
});

export const asset = schema({
  type: 'object',
  properties: {
    assetId: uuid,
    fileName,
    contentType,
    size,
    status,
    s3Key: { type: 'string' },
    s3Bucket: { type: 'string' },
    checksum: { type: 'string' },
    uploadedAt: timestamp,
    expiresAt: timestamp,
    version,
    createdAt: timestamp,
    updatedAt: timestamp,
  },
  required: [
    'assetId',
    'fileName',
    'contentType',
    'size',
    'status',
    's3Key',
    's3Bucket',
    'expiresAt',
    'version',
    'createdAt',
    'updatedAt',
  ],
  additionalProperties: false,
});

/** How to upload: send the file to `url` by `method`, with exactly these headers. */
const upload = schema({
  type: 'object',
  properties: {
    method: { const: 'PUT' },
    url: { type: 'string' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    expiresAt: timestamp,
  },
  required: ['method', 'url', 'headers', 'expiresAt'],
  additionalProperties: false,
});

/** `upload` is left out where a replay finds an asset that awaits none any more. */
const assetCreated = objectOf({ asset, upload }, ['asset']);

const download = schema({
  type: 'object',
  properties: { url: { type: 'string' }, expiresAt: timestamp },
  required: ['url', 'expiresAt'],
  additionalProperties: false,
});

const assetName = schema({
  type: 'object',
  properties: { fileName },
  required: ['fileName'],
  additionalProperties: false,
});
const assetChanges = changesOf(assetName);
const assetId = schema({
  type: 'object',
  properties: { assetId: uuid },
  required: ['assetId'],
  additionalProperties: false,
});
const assetList = schema({
  type: 'object',
  properties: { ...pageParameters, status, createdFrom: timestamp, createdTo: timestamp },
  required: ['limit'],
  additionalProperties: false,
  'x-ordered': ['createdFrom', 'createdTo'],
});

export type Asset = TypeOf<typeof asset>;
export type AssetInput = TypeOf<typeof assetInput>;
export type AssetChanges = TypeOf<typeof assetChanges>;
export type Upload = TypeOf<typeof upload>;
export type Download = TypeOf<typeof download>;

export const createAsset = defineOperation({
  operationId: 'createAsset',
  method: 'POST',
  path: '/assets',
  summary: 'Create an asset, and get the URL to upload its file to',
  request: { headers: ['Idempotency-Key'], body: assetInput },
  responses: { 201: assetCreated, 422: problem },
});

export const getAsset = defineOperation({
  operationId: 'getAsset',
  method: 'GET',
  path: '/assets/{assetId}',
  summary: 'Get an asset',
  request: { params: assetId, headers: ['If-None-Match'] },
  responses: { 200: asset, 304: null, 404: problem },
});

export const downloadAsset = defineOperation({
  operationId: 'downloadAsset',
  method: 'GET',
  path: '/assets/{assetId}/download',
  summary: 'Get a URL to download an asset’s file from',
  request: { params: assetId },
  responses: { 200: download, 404: problem, 409: problem },
});

export const listAssets = defineOperation({
  operationId: 'listAssets',
  method: 'GET',
  path: '/assets',
  summary: 'List assets, newest first, of one status and of a time',
  request: { query: assetList },
  responses: { 200: pageOf('assets', asset) },
});

export const updateAsset = defineOperation({
  operationId: 'updateAsset',
  method: 'PUT',
  path: '/assets/{assetId}',
  summary: 'Rename an asset',
  request: { params: assetId, headers: ['If-Match'], body: assetChanges },
  responses: { 200: asset, 404: problem, 412: problem },
});

export const deleteAsset = defineOperation({
  operationId: 'deleteAsset',
  method: 'DELETE',
  path: '/assets/{assetId}',
  summary: 'Delete an asset and its file',
  request: { params: assetId, headers: ['If-Match'] },
  responses: { 204: null, 404: problem, 412: problem },
});
