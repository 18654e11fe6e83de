import type { Template } from '../deployment/template.ts';

/** The little of the framework that the plugin touches; osls publishes no types. */
export interface Framework {
  readonly classes: { readonly Error: new (message: string, code?: string) => Error };
  readonly processedInput: { readonly commands: readonly string[] };
  readonly service: {
    readonly service: string;
    readonly provider: {
      deletionProtection?: boolean;
      readonly compiledCloudFormationTemplate: Template;
    };
  };
  readonly getProvider: (name: 'aws') => Provider;
}

export interface Provider {
  readonly getStage: () => string;
  readonly getRegion: () => string;
  readonly naming: { readonly getStackName: () => string };
  /** What clients of the AWS SDK v3 are made with: the framework's own region, credentials and endpoint. */
  readonly getAwsSdkV3Config: () => Promise<object>;
  readonly getAccountId: () => Promise<string>;
  readonly getDeploymentPrefix: () => string;
  readonly getServerlessDeploymentBucketName: () => Promise<string>;
}

/** What the command line says. */
export interface Options {
  readonly stage?: string;
  readonly param?: readonly string[];
  readonly 'yes-remove'?: string;
  force?: boolean;
}
