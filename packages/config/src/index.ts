export { readEnv } from './readEnv.ts';
