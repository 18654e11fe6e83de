import type { Resources } from '../../framework.ts';
import type { WatchedService } from '../service.ts';
import { type Alarm, alarmResource } from './alarm.ts';
import { apiAlarms } from './apiAlarms.ts';
import { dataAlarms } from './dataAlarms.ts';
import { functionAlarms } from './functionAlarms.ts';
import { topic } from './topic.ts';

const logicalId = ({ about }: Alarm) =>
  `${about.replaceAll(/(?:^|-)([a-z\d])/gi, (_match, letter: string) => letter.toUpperCase())}Alarm`;

/** All alarms of a service as resources, by logical id, with the topic that they tell. `email` may be empty. */
export const alarms = (service: WatchedService, email = ''): Resources => {
  const all = [...apiAlarms(service), ...functionAlarms(service), ...dataAlarms(service)];
  return {
    ...topic(service, email),
    ...Object.fromEntries(all.map((each) => [logicalId(each), alarmResource(service, 'AlertsTopic', each)])),
  };
};
