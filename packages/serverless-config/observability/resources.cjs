/**
 * What watches a service: one entry under `resources` of its serverless.yml. Alarms where the stage's parameter `alarms`
 * is true, a dashboard where `dashboard` is: both cost money by the month (decision 0008).
 */
const makeAlarms = require('./alarms/alarms.cjs');
const makeDashboard = require('./dashboard/dashboard.cjs');
const describeService = require('./service.cjs');

const isThisEntry = ({ code }) => code === 'CIRCULAR_PROPERTY_DEPENDENCY';

/** The resources of the other entries. Asking for this one would be asking for what is being made. */
const declaredResources = async (resolve) => {
  const found = {};
  for (let index = 0; ; index += 1) {
    const entry = await resolve(['resources', String(index)]).catch((error) => {
      if (isThisEntry(error)) return {};
      throw error;
    });
    if (entry === undefined) return found;
    Object.assign(found, entry.Resources);
  }
};

module.exports = async ({ resolveConfigurationProperty: resolve, resolveVariable }) => {
  const isOn = async (parameter) => String(await resolveVariable(`param:${parameter}`)) === 'true'; // `--param` gives text
  const [hasAlarms, hasDashboard] = await Promise.all([isOn('alarms'), isOn('dashboard')]);
  if (!hasAlarms && !hasDashboard) return {};
  const service = describeService({
    name: await resolve(['service']),
    stage: await resolveVariable('sls:stage'),
    metricsName: await resolve(['custom', 'environment', 'POWERTOOLS_SERVICE_NAME']),
    timeout: await resolve(['provider', 'timeout']),
    functions: Object.assign({}, ...[await resolve(['functions'])].flat()),
    resources: await declaredResources(resolve),
  });
  const alarms = hasAlarms ? makeAlarms(service, { email: await resolveVariable('param:alertEmail') }) : {};
  return { Resources: { ...alarms, ...(hasDashboard && { Dashboard: makeDashboard(service, alarms) }) } };
};
