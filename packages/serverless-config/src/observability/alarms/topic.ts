import type { Resource, Resources } from '../../framework.ts';
import type { WatchedService } from '../service.ts';

/**
 * The topic that a service's alarms tell, and who may: CloudWatch, of this account. It is not encrypted at rest:
 * CloudWatch cannot use the key that AWS manages, and alarms tell nothing of anybody (decision 0008).
 * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
const AlertsTopic = ({ name, stage }: WatchedService): Resource => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: `${name}-alerts-${stage}` },
});

const AlertsTopicPolicy = {
  Type: 'AWS::SNS::TopicPolicy',
  Properties: {
    Topics: [{ Ref: 'AlertsTopic' }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: { Ref: 'AlertsTopic' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
  },
};

/** Who is mailed confirms it first, by a link that SNS sends. */
const AlertsByMail = (Endpoint: string): Resource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'AlertsTopic' }, Protocol: 'email', Endpoint },
});

/** The resources; the topic's own logical id is AlertsTopic. `email` may be empty. */
export const topic = (service: WatchedService, email: string): Resources => ({
  AlertsTopic: AlertsTopic(service),
  AlertsTopicPolicy,
  ...(email && { AlertsByMail: AlertsByMail(email) }),
});
