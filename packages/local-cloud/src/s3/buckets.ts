import type { Serverless } from '../framework/types.ts';
import type { Resolve } from '../template/resolver.ts';
import type { Bucket, CorsRule, Notification } from './types.ts';

interface Rule {
  readonly Name: string;
  readonly Value: string;
}
interface LambdaConfiguration {
  readonly Event: string;
  readonly Function: unknown;
  readonly Filter?: { readonly S3Key?: { readonly Rules?: readonly Rule[] } };
}
interface BucketProperties {
  readonly BucketName?: unknown;
  readonly CorsConfiguration?: { readonly CorsRules?: readonly CorsRule[] };
  readonly NotificationConfiguration?: { readonly LambdaConfigurations?: readonly LambdaConfiguration[] };
}

/** The framework's name for a function in the template: `confirmUpload` is ConfirmUploadLambdaFunction. */
const logicalIdOf = (key: string) =>
  `${key[0]?.toUpperCase()}${key.slice(1).replaceAll('-', 'Dash').replaceAll('_', 'Underscore')}LambdaFunction`;

const functionNameOf = ({ service: { functions } }: Pick<Serverless, 'service'>, reference: unknown) => {
  const text = JSON.stringify(reference);
  const found = Object.entries(functions).find(([key]) => text.includes(`"${logicalIdOf(key)}"`));
  if (!found) throw new Error(`A bucket notifies ${text}, which is no function of its service.`);
  return found[1].name ?? '';
};

const notificationsOf = (serverless: Pick<Serverless, 'service'>, configurations: readonly LambdaConfiguration[]) =>
  configurations
    .filter(({ Event }) => Event.startsWith('s3:ObjectCreated:'))
    .map(({ Function: reference, Filter }): Notification => {
      const valueOf = (name: string) =>
        Filter?.S3Key?.Rules?.find((rule) => rule.Name.toLowerCase() === name)?.Value ?? '';
      return {
        functionName: functionNameOf(serverless, reference),
        prefix: valueOf('prefix'),
        suffix: valueOf('suffix'),
      };
    });

/** The buckets that a service's resources declare, and whom each tells of new objects. */
export const bucketsOf = (
  serverless: Pick<Serverless, 'service'>,
  resolve: Resolve,
): { bucket: Bucket; notifications: Notification[] }[] =>
  Object.entries(serverless.service.resources?.Resources ?? {})
    .filter(([, { Type }]) => Type === 'AWS::S3::Bucket')
    .map(([logicalId, { Properties = {} }]) => {
      const { BucketName, CorsConfiguration, NotificationConfiguration } = Properties as BucketProperties;
      const name = resolve(BucketName);
      if (typeof name !== 'string')
        throw new Error(`The bucket ${logicalId} needs a BucketName that is known beforehand.`);
      return {
        bucket: { name, corsRules: CorsConfiguration?.CorsRules ?? [] },
        notifications: notificationsOf(serverless, NotificationConfiguration?.LambdaConfigurations ?? []),
      };
    });
