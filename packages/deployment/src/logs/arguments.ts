import { parseArgs } from 'node:util';
import { asUsage } from '@app/command-line/command';
import { UsageFailure } from '@app/command-line/failure';
import { readTarget, type Service, targetOptions } from '../target.ts';

export const logsUsage = `pnpm run logs --stage <stage> --service <service>    what its functions have written, the newest last
  --function <a>,<b>    these functions alone: getNote
  --since <time>        10m, 2h, 1d, or a time such as 2026-01-31T08:00Z (10m)
  --filter <text>       lines with this text; or a pattern of CloudWatch Logs: { $.level = "ERROR" }
  --all                 the lines of Lambda and of metrics as well
  --follow              go on with what comes, until Ctrl-C
  --region <region>     AWS_REGION, else eu-west-1
  --json                one object a line`;

export interface LogsArguments {
  readonly stage: string;
  readonly region: string;
  readonly service: Service;
  /** Without the service's and the stage's name; empty for all. */
  readonly functions: readonly string[];
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly pattern: string | undefined;
  readonly isFollowing: boolean;
  readonly isAll: boolean;
  readonly isJson: boolean;
}

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `10m`, `2h`, or a time. Throws UsageFailure. */
export const readSince = (text: string, now: number): number => {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const time = amount ? now - Number(amount) * units[unit as keyof typeof units] : Date.parse(text);
  if (Number.isNaN(time) || /^\d+$/.test(text))
    throw new UsageFailure(`--since: “${text}” is neither a duration (10m, 2h, 1d) nor a time (2026-01-31T08:00Z).`);
  return time;
};

/**
 * CloudWatch Logs reads `{…}`, `[…]` and `%…%` as patterns; any other text is put into quotes, so that it means itself.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const patternOf = (text: string): string =>
  /^(\{.*\}|\[.*\]|%.*%)$/s.test(text) ? text : `"${text.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`;

/** Throws UsageFailure. */
export const readLogsArguments = (args: string[], env: NodeJS.ProcessEnv, now = Date.now()): LogsArguments => {
  const options = {
    ...targetOptions,
    function: { type: 'string' },
    since: { type: 'string', default: '10m' },
    filter: { type: 'string' },
    all: { type: 'boolean', default: false },
    follow: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  } as const;
  const { values } = asUsage(() => parseArgs({ args, options }));
  const { stage, region, services } = readTarget(values, env);
  const [service, ...more] = services;
  if (values.service === undefined || service === undefined || more.length > 0)
    throw new UsageFailure('--service: name the one service whose logs to read.');
  return {
    stage,
    region,
    service,
    functions: values.function?.split(',').map((name) => name.trim()) ?? [],
    since: readSince(values.since, now),
    pattern: values.filter === undefined ? undefined : patternOf(values.filter),
    isFollowing: values.follow,
    isAll: values.all,
    isJson: values.json,
  };
};
