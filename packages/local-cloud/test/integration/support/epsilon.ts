import type { LocalCloud } from '../../../src/index.ts';
import { toolHeader } from '../../../src/inspection/inspection.ts';
import type { Span } from '../../../src/recorder/span.ts';
import type { Summary } from '../../../src/recorder/summary.ts';
import { saidIn } from './said.ts';

/** What came of a call that a function of epsilon made. */
export interface Called {
  readonly name?: string;
  readonly message?: string;
  readonly httpStatusCode?: number;
}
export interface ShownTrace {
  readonly summary: Summary;
  readonly spans: readonly Span[];
}

/** Has functions of epsilon call AWS, and asks the cloud what it knows of that. */
export const callerOf = ({ urls, output }: LocalCloud) => {
  const gateway = urls['gateway'] ?? '';
  const inspect = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { [toolHeader]: 'test', 'content-type': 'application/json' };
    return (await fetch(`${gateway}/_local/${path}`, { headers, ...init })).json();
  };
  const ask = (who: string, command: string, input: object, headers: Record<string, string> = {}) =>
    fetch(`${gateway}/epsilon/${who}`, { method: 'POST', headers, body: JSON.stringify({ command, input }) });
  return {
    inspect,
    ask,
    by: async (who: string, command: string, input: object): Promise<unknown> =>
      (await ask(who, command, input)).json(),
    trace: async (id: string) => (await inspect(`traces/${id}`)) as ShownTrace,
    traces: async (query = '') => ((await inspect(`traces?${query}`)) as { traces: Summary[] }).traces,
    addFault: async (fault: object) =>
      (await inspect('faults', { method: 'POST', body: JSON.stringify(fault) })) as { id: string },
    clearFaults: () => inspect('faults', { method: 'DELETE' }),
    /** The id of the connection that was opened last. */
    connectionId: async (): Promise<string> => {
      const { traces } = (await inspect('traces?operation=$connect')) as { traces: Summary[] };
      const { spans } = (await inspect(`traces/${traces[0]?.traceId}`)) as ShownTrace;
      return String(spans.find(({ name }) => name === 'WebSocket $connect')?.attributes['local.connection_id']);
    },
    /** What the cloud has said, and what its functions have printed. */
    said: (): string[] => saidIn(output()),
  };
};
