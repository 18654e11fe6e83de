/** What can be read from the events that a function declares. */
import type { DeclaredEvent } from '../framework.ts';

export const apiKinds = ['http', 'httpApi', 'websocket'] as const;
export type ApiKind = (typeof apiKinds)[number];

export const isApiKind = (kind: string): kind is ApiKind => (apiKinds as readonly string[]).includes(kind);
export const kindOf = (event: DeclaredEvent) => (typeof event === 'string' ? event : (Object.keys(event)[0] ?? ''));

/** What a function's events of a kind say, each. */
export const declaredBy = <T>(events: readonly DeclaredEvent[], kind: string): T[] =>
  events.flatMap((event) => (typeof event === 'object' && event[kind] ? [event[kind] as T] : []));

const seconds: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Seconds between two runs of a function's most frequent rate; undefined without one: of a `cron` nobody knows. */
export const intervalOf = (events: readonly DeclaredEvent[]) => {
  const expressions = declaredBy<string | { rate: string | string[] }>(events, 'schedule').flatMap((schedule) =>
    typeof schedule === 'string' ? schedule : schedule.rate,
  );
  const rates = expressions.flatMap((expression) => {
    const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    return count ? [Number(count) * (seconds[unit] ?? Number.NaN)] : [];
  });
  return rates.length > 0 ? Math.min(...rates) : undefined;
};
