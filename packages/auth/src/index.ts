export { type Principal, principal } from './principal.ts';
