import { readEnv } from '@app/config';

const env = readEnv('TASKS_TABLE');

export const config = { tableName: env.TASKS_TABLE };
