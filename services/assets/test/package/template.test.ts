import { ofType, type PackagedService, packageService } from '@app/test-support/packagedService';
import { beforeAll, describe, expect, it } from '@jest/globals';

let service: PackagedService;

beforeAll(async () => {
  service = await packageService('assets', 'prod');
});

const one = (id: string) => service.resources[id]?.Properties as Readonly<Record<string, unknown>>;
const grantsOf = (key: string, prefix: string) => {
  const role = one(`${key}IamRoleLambdaExecution`) as {
    Policies: { PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] } }[];
  };
  const statements = role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  const actions = statements.flatMap(({ Action }) => Action).filter((action) => action.startsWith(prefix));
  return actions.toSorted((a, b) => a.localeCompare(b));
};
const objects = { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::assets-prod-${AWS::AccountId}/assets/*' };

describe("the assets service's bucket", () => {
  it('has a name of its own in all the world', () => {
    expect(one('AssetsBucket')).toMatchObject({ BucketName: { 'Fn::Sub': 'assets-prod-${AWS::AccountId}' } });
  });

  it('is private, encrypted, of one owner, not versioned, and outlives the stack', () => {
    expect(one('AssetsBucket')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(one('AssetsBucket')).not.toHaveProperty('VersioningConfiguration');
    expect(service.resources['AssetsBucket']).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('forgets objects after 30 days, and parts of uploads after one', () => {
    expect(one('AssetsBucket')['LifecycleConfiguration']).toEqual({
      Rules: [
        expect.objectContaining({
          Status: 'Enabled',
          ExpirationInDays: 30,
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        }),
      ],
    });
  });

  it('answers the browsers of the stage’s origins, and no others', () => {
    expect(one('AssetsBucket')['CorsConfiguration']).toMatchObject({
      CorsRules: [{ AllowedOrigins: ['https://app.example.com'], AllowedMethods: ['PUT', 'GET', 'HEAD'] }],
    });
  });

  it('refuses whatever does not come by TLS', () => {
    expect(one('AssetsBucketPolicy')).toMatchObject({
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
  });

  it('tells confirmUpload of new assets, and may', () => {
    expect(one('AssetsBucket')['NotificationConfiguration']).toMatchObject({
      LambdaConfigurations: [
        { Event: 's3:ObjectCreated:*', Function: { 'Fn::GetAtt': ['ConfirmUploadLambdaFunction', 'Arn'] } },
      ],
    });
    expect(one('AssetsBucketMayInvokeConfirmUpload')).toMatchObject({
      Principal: 's3.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::assets-prod-${AWS::AccountId}' },
    });
  });
});

describe('what fails for good', () => {
  it('of uploads is tried three times, then kept', () => {
    expect(ofType(service, 'AWS::Lambda::EventInvokeConfig').map(([, properties]) => properties)).toMatchObject([
      {
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['UploadFailures', 'Arn'] } } },
      },
    ]);
  });

  it('of removals is put aside alone, in order, then kept', () => {
    expect(ofType(service, 'AWS::Lambda::EventSourceMapping').map(([, properties]) => properties)).toMatchObject([
      {
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 10,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['RemovalFailures', 'Arn'] } } },
      },
    ]);
  });
});

describe('functions', () => {
  it.each([
    ['CreateAsset', ['s3:DeleteObject', 's3:PutObject']],
    ['DownloadAsset', ['s3:GetObject']],
    ['GetAsset', []],
    ['ListAssets', []],
    ['UpdateAsset', []],
    ['DeleteAsset', []],
    ['ConfirmUpload', ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket']],
    ['RemoveObject', ['s3:DeleteObject']],
  ])('%s may do to the bucket just what it does', (key, actions) => {
    expect(grantsOf(key, 's3:')).toEqual(actions);
    expect(JSON.stringify(one(`${key}IamRoleLambdaExecution`)).includes(JSON.stringify(objects))).toBe(
      actions.length > 0,
    );
  });
});
