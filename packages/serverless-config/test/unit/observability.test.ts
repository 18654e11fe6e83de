import { describe, expect, it } from '@jest/globals';
import type { Resources, Variables } from '../../src/framework.ts';
import { observability } from '../../src/observability/observability.ts';
import { functions, resources } from './exampleService.ts';

const entry = async (variables: Variables): Promise<{ Resources?: Resources }> => observability(variables);

/** A service whose second entry under `resources` is the one that is asked. */
const framework = (params: Readonly<Record<string, unknown>>): Variables => {
  const configuration: Readonly<Record<string, unknown>> = {
    service: 'things',
    'custom.environment.POWERTOOLS_SERVICE_NAME': 'things-demo',
    'provider.timeout': 29,
    functions: [{ createThing: functions.createThing }, { writer: functions.writer }],
    'resources.0': { Resources: { Things: resources.Things } },
    'resources.2': { Resources: { Commands: resources.Commands, FailedCommands: resources.FailedCommands } },
  };
  const itself = Object.assign(new Error('refers to itself'), { code: 'CIRCULAR_PROPERTY_DEPENDENCY' });
  return {
    resolveConfigurationProperty: async (keys) => {
      if (keys.join('.') === 'resources.1') throw itself;
      return configuration[keys.join('.')];
    },
    resolveVariable: async (name) => (name === 'sls:stage' ? 'demo' : params[name.replace('param:', '')]),
  };
};

describe('the entry under resources', () => {
  it('is nothing where a stage asks for nothing: it costs money', async () => {
    expect(await entry(framework({ alarms: false, dashboard: false, alertEmail: '' }))).toEqual({});
  });

  it('has all functions and all other entries’ resources watched, wherever it stands among them', async () => {
    const { Resources = {} } = await entry(framework({ alarms: true, dashboard: false, alertEmail: '' }));

    expect(Object.keys(Resources)).toEqual(
      expect.arrayContaining([
        'CreateThingFailuresAlarm',
        'WriterFailuresAlarm',
        'ThingsThrottlesAlarm',
        'FailedCommandsNotEmptyAlarm',
      ]),
    );
    expect(Resources).not.toHaveProperty('Dashboard');
    expect(Resources).not.toHaveProperty('AlertsByMail');
  });

  it('takes parameters from the command line, which are text', async () => {
    const { Resources = {} } = await entry(
      framework({ alarms: 'true', dashboard: 'true', alertEmail: 'on-call@example.com' }),
    );

    expect(Resources).toMatchObject({
      Dashboard: { Properties: { DashboardName: 'things-demo' } },
      AlertsByMail: { Properties: { Endpoint: 'on-call@example.com' } },
    });
  });

  it('passes on what else goes wrong in the others', async () => {
    const broken = framework({ alarms: true });
    const failing = { ...broken, resolveConfigurationProperty: () => Promise.reject(new Error('no such file')) };

    await expect(entry(failing)).rejects.toThrow('no such file');
  });
});
