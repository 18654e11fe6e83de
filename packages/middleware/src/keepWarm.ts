import { isColdStart } from '@app/observability';
import type { Context } from 'aws-lambda';

/** The event that serverless-plugin-warmup sends and Middy's own warm-up knows. No caller can: events that carry a request have no `source`. */
const isWarmUp = (event: object) => 'source' in event && event.source === 'serverless-plugin-warmup';

/**
 * A handler that returns at once on the event that only keeps its execution environment warm: nothing is logged, counted
 * or judged, but the environment's cold start is over.
 */
export const keepWarm =
  <Event extends object, Result>(handler: (event: Event, context: Context) => Promise<Result>) =>
  async (event: Event, context: Context): Promise<Result> => {
    if (!isWarmUp(event)) return handler(event, context);
    isColdStart();
    return undefined as Result; // nobody waits for it
  };
