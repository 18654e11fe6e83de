import { Logger } from '@aws-lambda-powertools/logger';
import { withoutHidden } from './hidden.ts';
import { LogLineFormatter } from './logLine.ts';

/** Structured JSON lines. Service name and level come from POWERTOOLS_SERVICE_NAME and POWERTOOLS_LOG_LEVEL. */
export const logger = new Logger({
  logFormatter: new LogLineFormatter(),
  jsonReplacerFn: (_key, value: unknown) => withoutHidden(value),
});
