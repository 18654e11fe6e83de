import type { Variables } from './framework.ts';

/** The allow-list as functions read it: an environment variable holds no list. Throws where production would allow every origin. */
export const corsOrigins = async ({ resolveVariable }: Variables): Promise<string> => {
  const [origins, stage] = (await Promise.all([
    resolveVariable('param:corsOrigins'),
    resolveVariable('sls:stage'),
  ])) as [readonly string[], string];
  if (stage === 'prod' && origins.includes('*')) throw new Error('corsOrigins of the stage prod must not be *');
  return origins.join(',');
};
