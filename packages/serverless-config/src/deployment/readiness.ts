/** What a stack's status means for a deployment: whether it is made, replaced, updated, or updated whatever the framework thinks. */
export type Readiness = 'create' | 'replace' | 'update' | 'force';

const ready: Readonly<Record<string, Readiness>> = {
  CREATE_COMPLETE: 'update',
  UPDATE_COMPLETE: 'update',
  IMPORT_COMPLETE: 'update',
  UPDATE_ROLLBACK_COMPLETE: 'force',
  IMPORT_ROLLBACK_COMPLETE: 'force',
  // Its creation failed: there was never anything in it, and CloudFormation updates no such stack.
  ROLLBACK_COMPLETE: 'replace',
  ROLLBACK_FAILED: 'replace',
  CREATE_FAILED: 'replace',
};

const advice: Readonly<Record<string, string>> = {
  UPDATE_ROLLBACK_FAILED:
    'its last update failed, and so did the rollback. Mend what its events name, then: aws cloudformation continue-update-rollback --stack-name',
  DELETE_FAILED:
    'its removal failed. Remove the stage again, then deploy it. The reason: aws cloudformation describe-stack-events --stack-name',
  REVIEW_IN_PROGRESS:
    'a change set waits to be executed, and the stack has nothing yet. Where nobody is about to: aws cloudformation delete-stack --stack-name',
};

/** Throws, with what to do, where a stack cannot be deployed now. */
export const readinessOf = (name: string, status: string | undefined): Readiness => {
  if (status === undefined) return 'create';
  const found = ready[status];
  if (found) return found;
  if (status.endsWith('_IN_PROGRESS') && !(status in advice))
    throw new Error(`${name} is ${status}: another deployment is on its way. Deploy again when that has ended.`);
  throw new Error(
    `${name} is ${status}: ${advice[status] ?? 'see its events: aws cloudformation describe-stack-events --stack-name'} ${name}`,
  );
};
