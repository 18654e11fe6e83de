/** What a REST API has besides what osls makes: one entry under `resources` of a service, from its contract. */
const gatewayResponses = require('./gatewayResponses.cjs');
const requestModels = require('./requestModels.cjs');

module.exports = async ({ resolveConfigurationProperty, resolveVariable }) => {
  const { apis } = await import('@app/contracts/apis');
  const { mediaTypeOf } = await import('../../contracts/src/operation.ts');
  const { problemTypes } = await import('../../http/src/problem.ts');
  const [origin] = await resolveVariable('param:corsOrigins');
  const responses = gatewayResponses({ problemTypes, origin });
  const { resources, extensions } = requestModels({
    operations: apis[await resolveConfigurationProperty(['service'])],
    mediaTypeOf,
    isValidating: String(await resolveVariable('param:gatewayValidation')) === 'true', // `--param` gives text
  });
  // A deployment is a snapshot and waits for the methods only: so a method waits for what else it must hold.
  Object.values(extensions)[0].DependsOn = Object.keys(responses);
  return { Resources: { ...responses, ...resources }, extensions };
};
