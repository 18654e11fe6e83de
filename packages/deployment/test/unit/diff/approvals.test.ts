import { describe, expect, it } from '@jest/globals';
import { isAllowed, reportOf } from '../../../src/diff/report/report.ts';
import type { Resource } from '../../../src/diff/template/template.ts';
import { diffOf, queue, table } from '../../support/templates.ts';

type Resources = Readonly<Record<string, Resource>>;

const report = (before: Resources, after: Resources, approved: string[] = []) => {
  const names = [...Object.keys(before), ...Object.keys(after)].map((id) => `notes/${id}`);
  return reportOf({
    target: { stage: 'dev', region: 'eu-west-1', against: { kind: 'deployed' } },
    services: [diffOf(before, after)],
    approved,
    known: new Set(names),
  });
};

const missing = (before: Resources, after: Resources) => report(before, after).missingApprovals;

const bucket: Resource = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'assets' } };
const logs: Resource = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/x' } };

describe('what needs an approval', () => {
  it('is the replacement of a table, a bucket or a queue', () => {
    expect(missing({ T: table() }, { T: table({ TableName: 'other' }) })).toEqual(['notes/T']);
    expect(missing({ B: bucket }, { B: { ...bucket, Properties: { BucketName: 'other' } } })).toEqual(['notes/B']);
    expect(missing({ Q: queue() }, { Q: queue({ QueueName: 'other' }) })).toEqual(['notes/Q']);
  });

  it('is their removal, though the resource itself is kept', () => {
    const kept = table({}, { DeletionPolicy: 'Retain' });

    expect(missing({ T: table(), B: bucket, Q: queue() }, {})).toEqual(['notes/B', 'notes/Q', 'notes/T']);
    expect(missing({ T: kept }, {})).toEqual(['notes/T']);
    expect(diffOf({ T: kept }, {}).changes[0]?.loss).toMatchObject({ isKept: true });
  });

  it('is a replacement that is not certain', () => {
    const { changes } = diffOf({ T: table() }, { T: table({ PropertyOfTomorrow: true }) });

    expect(changes[0]).toMatchObject({ replacement: 'unknown', approval: 'notes/T' });
  });

  it('is a table that is replaced because of what it refers to', () => {
    const resources = (name: string) => ({
      Q: queue({ QueueName: name }),
      T: table({ TableName: { 'Fn::Sub': '${Q.QueueName}-rows' } }),
    });

    expect(missing(resources('a'), resources('b'))).toEqual(['notes/Q', 'notes/T']);
  });

  it('is any other type that holds data by its schema', () => {
    const key: Resource = { Type: 'AWS::KMS::Key' };

    expect(missing({ Key: key }, {})).toEqual(['notes/Key']);
  });

  it('is no log group, though it says that log lines are lost', () => {
    expect(missing({ L: logs }, {})).toEqual([]);
    expect(diffOf({ L: logs }, {}).changes[0]?.loss).toMatchObject({ what: 'its log lines', isKept: false });
  });

  it('is no change in place', () => {
    expect(report({ T: table() }, { T: table({ BillingMode: 'PROVISIONED' }) }).verdict).toBe('changes');
  });

  it('counts as kept when replaced only if both templates say so', () => {
    const policy = { UpdateReplacePolicy: 'Retain' };
    const renamed = { TableName: 'other' };

    expect(diffOf({ T: table({}, policy) }, { T: table(renamed, policy) }).changes[0]?.loss?.isKept).toBe(true);
    expect(diffOf({ T: table({}, policy) }, { T: table(renamed) }).changes[0]?.loss?.isKept).toBe(false);
  });
});

describe('an approval', () => {
  it('lets the deployment go on', () => {
    expect(isAllowed(report({ T: table() }, {}))).toBe(false);
    expect(report({ T: table() }, {}).verdict).toBe('needs approval');
    expect(isAllowed(report({ T: table() }, {}, ['notes/T']))).toBe(true);
  });

  it('is of one resource only', () => {
    expect(report({ T: table(), Q: queue() }, {}, ['notes/T']).missingApprovals).toEqual(['notes/Q']);
  });

  it('lifts no refusal', () => {
    expect(report({ T: table() }, { T: queue() }, ['notes/T']).verdict).toBe('refused');
  });

  it('of a name that no template has is refused', () => {
    expect(() => report({ T: table() }, {}, ['notes/Tabel'])).toThrow('--approve: there is no resource “notes/Tabel”');
  });

  it('that is not needed is said so', () => {
    expect(report({ T: table() }, { T: table() }, ['notes/T']).notes).toEqual([
      'notes/T was approved, and needs no approval.',
    ]);
  });
});
