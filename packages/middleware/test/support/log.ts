import { logger } from '@app/observability';
import { collectLogLines } from '@app/test-support';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';

/** What the test that runs has logged so far: called once in a file, it collects the lines of each of its tests. */
export const collectLog = (): { readonly lines: readonly Record<string, unknown>[] } => {
  let log = collectLogLines();
  beforeAll(() => {
    logger.setLogLevel('INFO');
  });
  beforeEach(() => {
    log.stop();
    log = collectLogLines();
  });
  afterAll(() => {
    log.stop();
  });
  return {
    get lines() {
      return log.lines;
    },
  };
};
