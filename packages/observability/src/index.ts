export { addReadCapacity, addWriteCapacity, takeCapacity } from './capacity.ts';
export { isColdStart } from './coldStart.ts';
export { hideFromLog } from './hidden.ts';
export { logger } from './logger.ts';
export { type MessageMeasures, type RequestMeasures, recordMessage, recordRequest } from './metrics.ts';
export { type Measures, observed } from './observed.ts';
export { startTrace, type Trace, traceIdOf } from './trace.ts';
export { currentTrace, currentWork } from './work.ts';
