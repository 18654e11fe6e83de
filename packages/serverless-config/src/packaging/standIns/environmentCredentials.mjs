/** Stands in for @aws-sdk/credential-provider-node in bundles: the same name, the environment as the only source. */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
