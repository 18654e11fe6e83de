import { functionsOf, isOn, type Resources, type Variables } from '../framework.ts';
import { alarms } from './alarms/alarms.ts';
import { dashboard } from './dashboard/dashboard.ts';
import { describeService } from './service.ts';

const isThisEntry = (error: unknown) => (error as { code?: string }).code === 'CIRCULAR_PROPERTY_DEPENDENCY';

/** The resources of the other entries. Asking for this one would be asking for what is being made. */
const declaredResources = async ({ resolveConfigurationProperty }: Variables): Promise<Resources> => {
  const found = {};
  for (let index = 0; ; index += 1) {
    const entry = (await resolveConfigurationProperty(['resources', String(index)]).catch((error: unknown) => {
      if (isThisEntry(error)) return {};
      throw error;
    })) as { readonly Resources?: Resources } | undefined;
    if (entry === undefined) return found;
    Object.assign(found, entry.Resources);
  }
};

/** The contracts are loaded where they are asked for: few stages have alarms. */
const letsCallersWait = async (service: string) => {
  const { apis } = await import('@app/contracts/apis');
  return apis[service]?.some(({ request }) => request.headers?.includes('Prefer')) ?? false;
};

/**
 * What watches a service: one entry under `resources` of its serverless.yml. Alarms where the stage's parameter `alarms`
 * is true, a dashboard where `dashboard` is: both cost money by the month (decision 0008).
 */
export const observability = async (variables: Variables) => {
  const { resolveConfigurationProperty: resolve, resolveVariable } = variables;
  const [hasAlarms, hasDashboard] = await Promise.all([isOn(variables, 'alarms'), isOn(variables, 'dashboard')]);
  if (!hasAlarms && !hasDashboard) return {};
  const name = (await resolve(['service'])) as string;
  const service = describeService({
    name,
    letsCallersWait: await letsCallersWait(name),
    stage: (await resolveVariable('sls:stage')) as string,
    metricsName: (await resolve(['custom', 'environment', 'POWERTOOLS_SERVICE_NAME'])) as string,
    timeout: (await resolve(['provider', 'timeout'])) as number,
    functions: await functionsOf(variables),
    resources: await declaredResources(variables),
  });
  const raised = hasAlarms ? alarms(service, (await resolveVariable('param:alertEmail')) as string) : {};
  return { Resources: { ...raised, ...(hasDashboard && { Dashboard: dashboard(service, raised) }) } };
};
