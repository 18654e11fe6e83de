/** All alarms of a service as resources, by logical id, with the topic that they tell. */
const alarmResource = require('./alarm.cjs');
const apiAlarms = require('./apiAlarms.cjs');
const dataAlarms = require('./dataAlarms.cjs');
const functionAlarms = require('./functionAlarms.cjs');
const topic = require('./topic.cjs');

const logicalId = ({ about }) =>
  `${about.replaceAll(/(?:^|-)([a-z\d])/gi, (_match, letter) => letter.toUpperCase())}Alarm`;

module.exports = (service, { email }) => {
  const alarms = [...apiAlarms(service), ...functionAlarms(service), ...dataAlarms(service)];
  return {
    ...topic(service, email),
    ...Object.fromEntries(alarms.map((each) => [logicalId(each), alarmResource(service, 'AlertsTopic', each)])),
  };
};
