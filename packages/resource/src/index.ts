export * from './errors.ts';
export type { Creation, Identity, Page, Version } from './resource.ts';
