export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from './harness.ts';
