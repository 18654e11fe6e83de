import type { Fault, FaultRequest } from '@app/local-cloud/src/faults/fault.ts';
import { toolHeader } from '@app/local-cloud/src/inspection/inspection.ts';

/** The faults of a local cloud (`pnpm faults`), by its gateway: they meet what its functions call, and nobody else. */
export const cloudFaults = (gateway: string) => {
  const ask = async <T>(method: string, id = '', body?: object): Promise<T> => {
    const response = await fetch(`${gateway}/_local/faults${id}`, {
      method,
      headers: { [toolHeader]: 'test' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { readonly detail?: string };
    if (!response.ok) throw new Error(answer.detail);
    return answer;
  };
  return {
    /** Switches a fault on. Where several could hit a call, the one that was switched on first does. */
    add: async (fault: FaultRequest) => {
      const { id } = await ask<Fault>('POST', '', fault);
      const hits = async () => {
        const { faults } = await ask<{ readonly faults: readonly Fault[] }>('GET');
        return faults.find((each) => each.id === id)?.hits;
      };
      return { hits, remove: () => ask<unknown>('DELETE', `/${id}`) };
    },
    /** Switches all faults off. */
    clear: () => ask<unknown>('DELETE'),
  };
};

export type CloudFaults = ReturnType<typeof cloudFaults>;
