import { isOn, type Variables } from '../framework.ts';

/** What becomes of a resource that holds data when its stack goes, or has another in its place. */
export interface DataPolicy {
  readonly DeletionPolicy: 'RetainExceptOnCreate' | 'Delete';
  readonly UpdateReplacePolicy: 'Retain' | 'Delete';
}

/**
 * A durable stage keeps its data. What the very deployment has made that fails goes all the same, or the next could not make
 * it again under its name. Any other stage leaves nothing behind.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
export const dataPolicy = (isDurable: boolean): DataPolicy =>
  isDurable
    ? { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }
    : { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };

/** For templates: `:deletionPolicy` and `:updateReplacePolicy` of what holds data in the stage. */
export const keepData = async (variables: Variables) => {
  const { DeletionPolicy, UpdateReplacePolicy } = dataPolicy(await isOn(variables, 'durable'));
  return { deletionPolicy: DeletionPolicy, updateReplacePolicy: UpdateReplacePolicy };
};
