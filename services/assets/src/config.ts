import { readEnv } from '@app/config';

const env = readEnv('ASSETS_TABLE', 'ASSETS_BUCKET', 'ASSETS_MAX_BYTES');

export const config = {
  tableName: env.ASSETS_TABLE,
  bucketName: env.ASSETS_BUCKET,
  /** Of one file. */
  maxBytes: Number(env.ASSETS_MAX_BYTES),
};
