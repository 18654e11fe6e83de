export { createDocumentClient, documentClient } from './documentClient.ts';
export * from './errors.ts';
export * from './expiry.ts';
export * from './expressions.ts';
export { createOwnedItems, type Resource, toResource } from './ownedItems.ts';
export { type PageQuery, type PageRequest, queryPage } from './queryPage.ts';
export { isConflict } from './retryConflicts.ts';
export { isUnavailable } from './unavailable.ts';
