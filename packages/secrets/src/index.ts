export { createParameters, parameters } from './parameters.ts';
export { createSecret, type Secret, type SecretOptions } from './secret.ts';
