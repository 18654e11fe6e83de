import { nextStep } from '../stack/nextStep.ts';
import type { Stack } from '../stack/readStack.ts';
import type { Problem } from '../summary/report.ts';

/**
 * Statuses in which CloudFormation takes no update, besides those of an operation that goes on. A stack that never came to be
 * takes none either, and is made anew by the plugin (packages/serverless-config).
 */
const blocked = new Set(['DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED']);

/** Why a stack cannot be deployed to, known before anything is packaged; undefined when it can. */
export const blockedStack = (
  { status }: Pick<Stack, 'status'>,
  { service, stage }: { service: string; stage: string },
): Problem | undefined => {
  if (!blocked.has(status) && !status.endsWith('_IN_PROGRESS')) return undefined;
  const reason = `The stack is ${status} and takes no update.`;
  return { reason, next: nextStep({ service, stage, status, reason }) };
};

/**
 * Whether what was uploaded last is what runs, as the framework takes for granted when it skips a deployment: not after a
 * failure.
 */
export const isSettled = (stack: Pick<Stack, 'status'> | undefined): boolean =>
  stack?.status === 'CREATE_COMPLETE' || stack?.status === 'UPDATE_COMPLETE';
