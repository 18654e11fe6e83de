import { describe, expect, it } from '@jest/globals';
import { chooseDeployment } from '../../src/deployments/choose.ts';
import { uploadsIn } from '../../src/deployments/deployments.ts';
import { historyOf } from '../../src/deployments/history.ts';
import { at, resourceEvent, stackEvent } from '../support/stackEvents.ts';

const folder = (timestamp: number) => `serverless/notes/prod/${timestamp}-${new Date(timestamp).toISOString()}`;
const upload = (timestamp: number, seconds: number) => ({
  timestamp,
  folder: folder(timestamp),
  uploadedAt: at(seconds),
});
const fates = (evidence: Parameters<typeof historyOf>[0]) =>
  historyOf(evidence).map(({ timestamp, fate }) => [timestamp, fate]);

describe('the uploads of a bucket', () => {
  it('are its folders, each as old as its last file', () => {
    const objects = [
      { Key: `${folder(2000)}/getNote.zip`, LastModified: at(20) },
      { Key: `${folder(1000)}/compiled-cloudformation-template.json`, LastModified: at(10) },
      { Key: `${folder(1000)}/getNote.zip`, LastModified: at(12) },
      { Key: 'serverless/notes/prod/code-artifacts/shared.zip', LastModified: at(30) },
    ];

    expect(uploadsIn(objects)).toEqual([upload(1000, 12), upload(2000, 20)]);
  });
});

describe('the deployments of a service', () => {
  const created = [stackEvent(0, 'CREATE_IN_PROGRESS'), stackEvent(5, 'CREATE_COMPLETE')];

  it('tell what ran, what failed, what never started and what is live', () => {
    const events = [
      ...created,
      stackEvent(11, 'UPDATE_IN_PROGRESS'),
      resourceEvent(12, 'CREATE_COMPLETE'),
      stackEvent(19, 'UPDATE_COMPLETE'),
      stackEvent(21, 'UPDATE_IN_PROGRESS'),
      resourceEvent(22, 'UPDATE_FAILED'),
      stackEvent(23, 'UPDATE_ROLLBACK_IN_PROGRESS'),
      stackEvent(29, 'UPDATE_ROLLBACK_COMPLETE'),
      stackEvent(41, 'UPDATE_IN_PROGRESS'),
      stackEvent(49, 'UPDATE_COMPLETE'),
    ];
    const uploads = [upload(1000, 10), upload(2000, 20), upload(3000, 30), upload(4000, 40)];

    expect(fates({ uploads, events, live: folder(4000) })).toEqual([
      [4000, 'live'],
      [3000, 'never started'],
      [2000, 'failed'],
      [1000, 'ran'],
    ]);
  });

  it('are not taken for failed because of a later rollback that failed', () => {
    const events = [
      ...created,
      stackEvent(11, 'UPDATE_IN_PROGRESS'),
      stackEvent(19, 'UPDATE_COMPLETE'),
      stackEvent(21, 'UPDATE_IN_PROGRESS'),
      stackEvent(29, 'UPDATE_ROLLBACK_COMPLETE'),
    ];

    expect(fates({ uploads: [upload(1000, 10)], events, live: undefined })).toEqual([[1000, 'ran']]);
  });

  it('are not known where the stack’s events do not reach back so far', () => {
    const events = [stackEvent(100, 'UPDATE_IN_PROGRESS'), stackEvent(109, 'UPDATE_COMPLETE')];
    const uploads = [upload(1000, 10), upload(2000, 99)];

    expect(fates({ uploads, events, live: folder(2000) })).toEqual([
      [2000, 'live'],
      [1000, 'unknown'],
    ]);
  });
});

describe('--to', () => {
  const deployments = (['live', 'failed', 'never started', 'ran', 'unknown'] as const).map((fate, place) =>
    Object.assign(upload(1000 + place, place), { fate }),
  );

  it('names a deployment by its timestamp or by its time', () => {
    expect(chooseDeployment(deployments, '1003').fate).toBe('ran');
    expect(chooseDeployment(deployments, new Date(1003).toISOString()).fate).toBe('ran');
  });

  it('may name one of which nothing is known', () => {
    expect(chooseDeployment(deployments, '1004').fate).toBe('unknown');
  });

  it.each([
    ['1000', 'it is live already'],
    ['1001', 'it never ran'],
    ['1002', 'it never ran'],
    ['77', 'There is no deployment of 77'],
    ['last week', 'neither a timestamp'],
  ])('is refused for %s: %s', (to, message) => {
    expect(() => chooseDeployment(deployments, to)).toThrow(message);
  });
});
