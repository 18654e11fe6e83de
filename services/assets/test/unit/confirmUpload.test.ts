import { untilSettled } from '@app/dynamodb';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AssetRow } from '../../src/assets/assetRepository.ts';
import type { StoredObject } from '../../src/objects/objectStore.ts';
import { createUploadConfirmation } from '../../src/uploads/createUploadConfirmation.ts';

const assetId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const s3Key = `assets/${assetId}/a.txt`;
const createdAt = '2026-01-01T00:00:00.000Z';
const row = (over: Partial<AssetRow> = {}) =>
  ({
    assetId,
    s3Key,
    ownerId: 'ada',
    status: 'pending',
    size: 5,
    contentType: 'text/plain',
    createdAt,
    ...over,
  }) as AssetRow;
const object = (over: Partial<StoredObject> = {}): StoredObject => ({
  size: 5,
  contentType: 'text/plain',
  etag: '"abc"',
  uploadedFor: createdAt,
  ...over,
});

const stores = {
  assets: {
    find: jest.fn<(assetId: string) => Promise<AssetRow | undefined>>(),
    settle: jest.fn<(row: AssetRow, outcome: object) => Promise<boolean>>(),
  },
  objects: {
    find: jest.fn<(key: string) => Promise<StoredObject | undefined>>(),
    remove: jest.fn<(key: string, etag?: string) => Promise<void>>(),
  },
  removeObject: jest.fn<(key: string, delivery: string) => Promise<'removed' | 'kept'>>(),
};
const confirmNow = createUploadConfirmation(stores);
const confirm = (key: string, delivery: string) => untilSettled(() => confirmNow(key, delivery));

const outcome = () => stores.assets.settle.mock.calls.map(([, written]) => written);

beforeEach(() => {
  jest.resetAllMocks();
  stores.assets.settle.mockResolvedValue(true);
  stores.removeObject.mockResolvedValue('removed');
});

const given = (asset: AssetRow | undefined, stored: StoredObject | undefined) => {
  stores.assets.find.mockResolvedValue(asset);
  stores.objects.find.mockResolvedValue(stored);
};

describe('confirmUpload', () => {
  it('makes a pending asset uploaded, with its checksum', async () => {
    given(row(), object());

    expect(await confirm(s3Key, 'd')).toBe('uploaded');
    expect(outcome()).toMatchObject([{ status: 'uploaded', checksum: 'md5:abc', uploadedAt: expect.any(String) }]);
    expect(stores.objects.remove).not.toHaveBeenCalled();
  });

  it('writes nothing that stands there already, and a new checksum where the bytes are others', async () => {
    given(row({ status: 'uploaded', checksum: 'md5:abc' }), object());
    await confirm(s3Key, 'd');
    given(row({ status: 'uploaded', checksum: 'md5:old' }), object());
    await confirm(s3Key, 'd');

    expect(outcome()).toMatchObject([{ checksum: 'md5:abc' }]);
  });

  it.each([
    ['another size', object({ size: 6 })],
    ['another type', object({ contentType: 'text/html' })],
  ])('fails the asset for %s, and then removes just the object that it judged', async (_case, stored) => {
    given(row(), stored);

    expect(await confirm(s3Key, 'd')).toBe('failed');
    expect(outcome()).toEqual([{ status: 'failed' }]);
    expect(stores.objects.remove).toHaveBeenCalledWith(s3Key, '"abc"');
    expect(stores.assets.settle.mock.invocationCallOrder[0]).toBeLessThan(
      stores.objects.remove.mock.invocationCallOrder[0] ?? 0,
    );
  });

  it('leaves a failed asset failed, and removes what is uploaded to it', async () => {
    given(row({ status: 'failed' }), object());

    expect(await confirm(s3Key, 'd')).toBe('failed');
    expect(outcome()).toEqual([]);
    expect(stores.objects.remove).toHaveBeenCalledWith(s3Key, '"abc"');
  });

  it.each([
    ['has no row', undefined],
    ['has a row with another key', row({ s3Key: `assets/${assetId}/b.txt` })],
  ])('hands an object that %s to its removal', async (_case, asset) => {
    given(asset, object());

    expect(await confirm(s3Key, 'the delivery')).toBe('removed');
    expect(stores.removeObject).toHaveBeenCalledWith(s3Key, 'the delivery');
    expect(outcome()).toEqual([]);
  });

  it('does nothing about an object that is gone again', async () => {
    given(row(), undefined);

    expect(await confirm(s3Key, 'd')).toBe('gone');
    expect(outcome()).toEqual([]);
  });

  it('lets what was uploaded for an asset of before lie, until the upload of the asset that waits', async () => {
    given(row(), object({ uploadedFor: '2025-01-01T00:00:00.000Z' }));

    expect(await confirm(s3Key, 'd')).toBe('superseded');
    expect(outcome()).toEqual([]);
    expect(stores.objects.remove).not.toHaveBeenCalled();
  });

  it('fails an uploaded asset whose object was overwritten by an old URL', async () => {
    given(row({ status: 'uploaded' }), object({ uploadedFor: '2025-01-01T00:00:00.000Z' }));

    expect(await confirm(s3Key, 'd')).toBe('failed');
  });

  it('takes an object without the mark of whom it is for as its own', async () => {
    given(row(), object({ uploadedFor: undefined }));

    expect(await confirm(s3Key, 'd')).toBe('uploaded');
  });

  it('looks again when the row has changed meanwhile', async () => {
    given(row(), object());
    stores.assets.settle.mockImplementationOnce(async () => {
      stores.assets.find.mockResolvedValue(undefined);
      return false;
    });

    expect(await confirm(s3Key, 'd')).toBe('removed');
    expect(stores.assets.settle).toHaveBeenCalledTimes(1);
  });

  it('fails, to be tried again, when S3 does not answer', async () => {
    given(row(), object());
    stores.objects.find.mockRejectedValue(new Error('S3 is not well'));

    await expect(confirm(s3Key, 'd')).rejects.toThrow('S3 is not well');
  });
});
