import { type PackagedService, packageEach, serviceNames } from '@app/test-support/packagedService';
import { describe, expect, it } from '@jest/globals';

const packaged = packageEach(serviceNames, 'prod');

/** What holds data, and is of worth tomorrow. */
const lasting: Readonly<Record<string, readonly string[]>> = {
  notes: ['NotesTable'],
  users: ['UsersTable'],
  tasks: ['TasksTable'],
  assets: ['AssetsTable', 'AssetsBucket'],
  items: ['ItemsTable'],
};

describe.each(serviceNames)('the %s service of a durable stage', (name) => {
  it('keeps its data when its stack goes, but not what a failed deployment has just made', async () => {
    const { resources } = (await packaged[name]) as PackagedService;
    const kept = Object.entries(resources).filter(
      ([, { DeletionPolicy }]) => DeletionPolicy === 'RetainExceptOnCreate',
    );

    expect(kept.map(([id]) => id).toSorted()).toEqual([...(lasting[name] ?? [])].toSorted());
    expect(kept.filter(([, { UpdateReplacePolicy }]) => UpdateReplacePolicy !== 'Retain')).toEqual([]);
    for (const [, { Properties }] of kept.filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table'))
      expect(Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      });
  });
});
