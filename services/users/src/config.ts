import { readEnv } from '@app/config';

const env = readEnv('USERS_TABLE');

export const config = { tableName: env.USERS_TABLE };
