export { addReadCapacity, addWriteCapacity, takeCapacity } from './capacity.ts';
export { isColdStart } from './coldStart.ts';
export { logger } from './logger.ts';
export { type MessageMeasures, type RequestMeasures, recordMessage, recordRequest } from './metrics.ts';
export { startTrace, type Trace, traceIdOf } from './trace.ts';
