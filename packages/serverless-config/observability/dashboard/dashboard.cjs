/** A service's dashboard: the alarms' states above, then callers, functions, tables and queues. */
const apiGraphs = require('./apiGraphs.cjs');
const dataGraphs = require('./dataGraphs.cjs');
const functionGraphs = require('./functionGraphs.cjs');
const { alarmStates, inRows } = require('./widgets.cjs');

/** The resource. `alarms` are the service's, with what belongs to them; a stage may have none. */
module.exports = (service, alarms) => {
  const ids = Object.keys(alarms).filter((id) => alarms[id].Type === 'AWS::CloudWatch::Alarm');
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
