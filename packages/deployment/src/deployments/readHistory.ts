import { Failure } from '@app/command-line/failure';
import type { Aws } from '../aws/connect.ts';
import { functionsOf } from '../package/readPackage.ts';
import { readEvents } from '../stack/readEvents.ts';
import { readResources, readStack, readTemplate, stackName } from '../stack/readStack.ts';
import { readUploads } from './deployments.ts';
import { type Deployment, historyOf } from './history.ts';

export interface History {
  readonly stack: string;
  readonly bucket: string;
  readonly deployments: readonly Deployment[];
}

/** The deployments of a service that can be gone back to, and what is known of each. Throws a Failure without a stack. */
export const readHistory = async (aws: Aws, service: string, stage: string): Promise<History> => {
  const name = stackName(service, stage);
  const stack = await readStack(aws.cloudFormation, name);
  if (stack === undefined)
    throw new Failure(`There is no stack ${name}: ${service} is not deployed to ${stage} in this region.`);
  const [resources, template, events] = await Promise.all([
    readResources(aws.cloudFormation, name),
    readTemplate(aws.cloudFormation, name),
    readEvents(aws.cloudFormation, name),
  ]);
  const bucket = resources.find(({ LogicalResourceId }) => LogicalResourceId === 'ServerlessDeploymentBucket');
  if (!bucket?.PhysicalResourceId)
    throw new Failure(`The stack ${name} has no deployment bucket: nothing to go back to.`);
  const uploads = await readUploads(aws.s3, { bucket: bucket.PhysicalResourceId, service, stage });
  const live = functionsOf(template)[0]?.key.replace(/\/[^/]+$/, '');
  return { stack: name, bucket: bucket.PhysicalResourceId, deployments: historyOf({ uploads, events, live }) };
};
