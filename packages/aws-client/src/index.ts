export { reportUnavailable } from './reportUnavailable.ts';
export { timeouts } from './timeouts.ts';
