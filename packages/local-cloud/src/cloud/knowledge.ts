import { createInvocations } from '../calls/invocations.ts';
import { createFaults } from '../faults/faults.ts';
import type { Service } from '../framework/services.ts';
import type { Serverless } from '../framework/types.ts';
import { createGate } from '../gate/gate.ts';
import { denialAdvice, type ServiceSource } from '../iam/denial.ts';
import { createJudge } from '../iam/judge.ts';
import { resourcePolicyOf, rolesOf } from '../iam/roles.ts';
import { createInvocationWatch } from '../lambda/functions/invocationSpan.ts';
import type { Options } from '../process/options.ts';
import { createRecorder } from '../recorder/recorder.ts';
import type { Resolve } from '../template/resolver.ts';

/** What the cloud knows of itself: who calls what, who may, what is to go wrong; and what of it has happened. */
export const createKnowledge = (
  { root, isJudged, isRecorded }: Pick<Options, 'root' | 'isJudged' | 'isRecorded'>,
  log: (message: string) => void,
) => {
  const recorder = createRecorder({ isKept: isRecorded });
  const judge = createJudge();
  const faults = createFaults();
  const invocations = createInvocations();
  const sources = new Map<string, ServiceSource>();
  const gate = createGate({
    recorder,
    judge,
    isJudged,
    faults,
    invocations,
    denied: (role, shortfall) => log(denialAdvice(role, shortfall, sources.get(role.service))),
  });

  return {
    recorder,
    judge,
    faults,
    gate,
    watch: createInvocationWatch({ recorder, judge, faults, invocations }),
    /** Whether what an event brings to a function, by its deployed name, is to be delivered twice. */
    repeats: (functionName: string): boolean => {
      const { service, key } = judge.nameOf(functionName);
      return faults.repeats(`${service}:${key}`);
    },
    /** Adds a service that the framework has loaded. */
    learn: (serverless: Serverless, { folder, resolve }: Service & { readonly resolve: Resolve }): void => {
      const { service, resources, custom } = serverless.service;
      judge.add(rolesOf(serverless, resolve), resourcePolicyOf(serverless, resolve));
      sources.set(service, {
        folder,
        root,
        resources: resources?.Resources ?? {},
        secrets: custom?.['secrets'] ?? {},
        resolve,
      });
    },
  };
};

export type Knowledge = ReturnType<typeof createKnowledge>;
