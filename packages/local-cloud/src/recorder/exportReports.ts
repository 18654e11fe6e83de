import type { Outcome } from './postSpans.ts';

/** Tells how the export goes: each change once, not each span. */
export const createExportReports = (url: string, log: (line: string) => void) => {
  const { origin, pathname } = new URL(url); // a query may hold a key
  const collector = `OpenTelemetry collector at ${origin}${pathname}`;
  const said = new Set<string>();
  let isAway = false;
  let leftOut = 0;
  const sayOnce = (line: string) => {
    if (!said.has(line)) log(line);
    said.add(line);
  };

  return {
    outcome: (outcome: Outcome): void => {
      const wasAway = isAway;
      isAway = outcome.kind === 'unanswered';
      if (isAway && wasAway) return;
      if (outcome.kind === 'unanswered') return log(`The ${collector} ${outcome.reason}. Spans wait for it.`);
      if (wasAway) log(`The ${collector} answers again.`);
      if (outcome.kind === 'taken') return;
      leftOut += outcome.spans;
      sayOnce(`The ${collector} refuses spans (${outcome.reason}). They are left out.`);
    },
    /** A span that found no room. */
    full: (): void => {
      leftOut += 1;
      sayOnce(`The queue of spans for the ${collector} is full. Spans that do not fit are left out.`);
    },
    ended: (waiting: number): void => {
      const lost = leftOut + waiting;
      if (lost > 0) log(`The ${collector} has not got ${lost} ${lost === 1 ? 'span' : 'spans'}.`);
    },
  };
};
