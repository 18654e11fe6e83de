import { defaultMaxReceives } from '@app/middleware';
import { ofType, type PackagedService, packageService } from '@app/test-support/packagedService';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Queue {
  readonly FifoQueue?: boolean;
  readonly VisibilityTimeout?: number;
  readonly MessageRetentionPeriod?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: Attribute; readonly maxReceiveCount: number };
}

interface Attribute {
  readonly 'Fn::GetAtt': readonly [id: string, attribute: string];
}

interface Mapping {
  readonly EventSourceArn: Attribute;
  readonly FunctionName: Attribute;
  readonly BatchSize: number;
  readonly FunctionResponseTypes?: readonly string[];
}

const twoWeeks = 14 * 24 * 3600;

describe('the queues of the items service, packaged', () => {
  let service: PackagedService;

  beforeAll(async () => {
    service = await packageService('items');
  });

  const queue = (id: string) => service.resources[id]?.Properties as Queue | undefined;

  const consumers = () =>
    ofType(service, 'AWS::Lambda::EventSourceMapping').map(([, properties]) => {
      const mapping = properties as unknown as Mapping;
      const [queueId] = mapping.EventSourceArn['Fn::GetAtt'];
      const [functionId] = mapping.FunctionName['Fn::GetAtt'];
      const timeout = Number(service.resources[functionId]?.Properties.Timeout);
      return { mapping, queueId, queue: queue(queueId), timeout };
    });

  it('have one consumer each: two would take each other’s messages', () => {
    const consumed = consumers().map(({ queueId }) => queueId);

    expect(consumed.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'NotificationsQueue',
      'ReadsQueue',
      'WritesQueue',
    ]);
  });

  it('have consumers without a filter, which would delete what it does not match', () => {
    for (const { mapping } of consumers()) expect(mapping).not.toHaveProperty('FilterCriteria');
  });

  it('keep a message from others for six times as long as its consumer may take', () => {
    for (const each of consumers()) expect(each.queue?.VisibilityTimeout).toBe(6 * each.timeout);
  });

  it('have messages reported one by one, and those that are ordered handed out one by one', () => {
    for (const { mapping, queue: { FifoQueue } = {} } of consumers()) {
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(mapping.BatchSize).toBe(FifoQueue ? 1 : 10);
    }
  });

  it('put aside what has failed as often as a worker thinks, each in a place of its own, for two weeks', () => {
    const targets = consumers().map(({ queue: source }) => {
      const { deadLetterTargetArn, maxReceiveCount } = source?.RedrivePolicy ?? {};
      const [id = ''] = deadLetterTargetArn?.['Fn::GetAtt'] ?? [];
      expect(maxReceiveCount).toBe(defaultMaxReceives);
      expect(queue(id)).toMatchObject({ MessageRetentionPeriod: twoWeeks });
      expect(queue(id)?.FifoQueue).toBe(source?.FifoQueue);
      return id;
    });

    expect(new Set(targets).size).toBe(3);
  });
});
