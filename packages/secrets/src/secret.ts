import { hideFromLog, logger } from '@app/observability';
import { UnavailableError } from '@app/resource';
import type { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';

export interface SecretOptions {
  /** Seconds that a value is used before it is read again: how long a changed secret takes to arrive. */
  readonly maxAge?: number;
  /** Seconds that the last value is used further while it cannot be read again. */
  readonly keepFor?: number;
  /** Seconds from a failure to the next attempt, in which the last value is used without asking. */
  readonly pause?: number;
}

/** Reads the secret: from memory nearly always. */
export type Secret = () => Promise<string>;

interface Known {
  readonly value: string;
  /** When it was last confirmed, in milliseconds. */
  readonly at: number;
}

/** Powertools wraps what the client threw, and adds nothing. */
const unwrapped = (error: unknown) => (error instanceof Error && error.cause ? error.cause : error);

/**
 * A secret in Parameter Store, by the parameter's name. It is read at the first call, and in the foreground again when
 * `maxAge` has passed: Lambda freezes whatever is left running behind an answer. While Parameter Store cannot be reached, the
 * last value is used for `keepFor` more, and a warning is logged. The value is taken out of all log lines.
 *
 * @throws {UnavailableError} where Parameter Store cannot be reached and there is no value to fall back on; the SDK's own
 * error where the parameter does not exist or may not be read, at once: a secret that was taken away is not used further.
 */
export const createSecret = (
  parameters: Pick<SSMProvider, 'get'>,
  name: string,
  { maxAge = 300, keepFor = 3600, pause = 30 }: SecretOptions = {},
): Secret => {
  let known: Known | undefined;
  let notBefore = 0;
  let reading: Promise<string> | undefined;

  const read = async (): Promise<string> => {
    const value = await parameters.get(name, { decrypt: true, maxAge });
    if (!value) throw new Error(`The parameter ${name} has no value`);
    if (value !== known?.value) hideFromLog(value);
    known = { value, at: Date.now() };
    return value;
  };

  const readOnce = (): Promise<string> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  const fallBack = (error: unknown, last: string | undefined): string => {
    const cause = unwrapped(error);
    if (last === undefined || !(cause instanceof UnavailableError)) throw cause;
    notBefore = Date.now() + pause * 1000;
    logger.warn('A secret could not be read again: its last value is used', { parameter: name, error: cause });
    return last;
  };

  return async () => {
    const now = Date.now();
    const last = known && now - known.at <= (maxAge + keepFor) * 1000 ? known.value : undefined;
    if (last !== undefined && now < notBefore) return last;
    return readOnce().catch((error: unknown) => fallBack(error, last));
  };
};
