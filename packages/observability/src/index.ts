export { addReadCapacity, addWriteCapacity, takeCapacity } from './capacity.ts';
export { isColdStart } from './coldStart.ts';
export { logger } from './logger.ts';
export { type RequestMeasures, recordRequest } from './metrics.ts';
