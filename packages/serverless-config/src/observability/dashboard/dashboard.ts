import type { Resource, Resources } from '../../framework.ts';
import type { WatchedService } from '../service.ts';
import { apiGraphs } from './apiGraphs.ts';
import { dataGraphs } from './dataGraphs.ts';
import { functionGraphs } from './functionGraphs.ts';
import { alarmStates, inRows } from './widgets.ts';

/**
 * A service's dashboard: the alarms' states above, then callers, functions, tables and queues. `alarms` are the service's, with
 * what belongs to them; a stage may have none.
 */
export const dashboard = (service: WatchedService, alarms: Resources): Resource => {
  const ids = Object.keys(alarms).filter((id) => alarms[id]?.Type === 'AWS::CloudWatch::Alarm');
  const widgets = [
    ...(ids.length > 0 ? [alarmStates('Alarms', ids)] : []),
    ...apiGraphs(service),
    ...functionGraphs(service),
    ...dataGraphs(service),
  ];
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: `${service.name}-${service.stage}`,
      DashboardBody: { 'Fn::Sub': JSON.stringify({ widgets: inRows(widgets) }) },
    },
  };
};
