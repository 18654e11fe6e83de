import { isOn, type Variables } from '../framework.ts';
import { gatewayResponses } from './gatewayResponses.ts';
import { requestModels } from './requestModels.ts';

/** What a REST API has besides what osls makes: one entry under `resources` of a service, from its contract. */
export const restApi = async (variables: Variables) => {
  const { apis } = await import('@app/contracts/apis');
  const [origin] = (await variables.resolveVariable('param:corsOrigins')) as readonly string[];
  const responses = gatewayResponses(origin);
  const { resources, extensions } = requestModels({
    operations: apis[(await variables.resolveConfigurationProperty(['service'])) as string] ?? [],
    isValidating: await isOn(variables, 'gatewayValidation'),
  });
  // A deployment is a snapshot and waits for the methods only: so a method waits for what else it must hold.
  const [first] = Object.keys(extensions);
  const waiting = first === undefined ? {} : { [first]: { ...extensions[first], DependsOn: Object.keys(responses) } };
  return { Resources: { ...responses, ...resources }, extensions: { ...extensions, ...waiting } };
};
