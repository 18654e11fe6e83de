import { createInvocations } from '../calls/invocations.ts';
import { createFaults } from '../faults/faults.ts';
import { createJudge } from '../iam/judge.ts';
import { createRecorder } from '../recorder/recorder.ts';
import { createGate } from './gate.ts';

/** A gate that lets everybody through and keeps nothing: for an engine that is started by itself. */
export const openGate = () =>
  createGate({
    recorder: createRecorder({ isKept: false }),
    judge: createJudge(),
    isJudged: false,
    faults: createFaults(),
    invocations: createInvocations(),
    denied: () => {},
  });
