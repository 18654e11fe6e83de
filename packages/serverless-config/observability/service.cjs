/** What a service is made of, as its alarms and its dashboard see it: read from its own configuration. */
const gatewayEvents = new Set(['http', 'httpApi', 'websocket']);
const polledEvents = new Set(['sqs', 'stream']);

/** As osls writes functions' keys into logical ids, which are alphanumeric (lib/plugins/aws/lib/naming.js). */
const alphanumeric = (key) => key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
const logicalIdOf = (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`;

const kindOf = (event) => (typeof event === 'string' ? event : Object.keys(event)[0]);

/** What packages/observability calls the requests of a function: its key, or the WebSocket route that it serves. */
const operationsOf = (key, events) => {
  const routes = events.flatMap(({ websocket }) => (websocket ? [websocket.route ?? websocket] : []));
  const isHttp = events.some((event) => ['http', 'httpApi'].includes(kindOf(event)));
  return [...(isHttp ? [key] : []), ...routes.map((route) => `socket.${route.replace('$', '')}`)];
};

/** The logical id that an ARN is of, by Ref or by either form of GetAtt; undefined of one that is written out. */
const targetOf = (arn) => {
  const attribute = arn?.['Fn::GetAtt'];
  return arn?.Ref ?? (Array.isArray(attribute) ? attribute[0] : attribute?.split('.')[0]);
};

/** Resources that events are put aside in when a function has failed at them for good. */
const failureDestinationsOf = ({ destinations, events }) =>
  [destinations, ...events.map(({ stream }) => stream?.destinations)].flatMap((each) => {
    const onFailure = each?.onFailure;
    return onFailure ? [targetOf(onFailure.arn ?? onFailure)] : [];
  });

const functionOf = ([key, { events: declared, timeout, destinations }], defaultTimeout) => {
  const events = declared ?? []; // `events:` with nothing below it is null
  const kinds = events.map(kindOf);
  const isBehindGateway = kinds.some((kind) => gatewayEvents.has(kind));
  return {
    key,
    name: alphanumeric(key),
    id: logicalIdOf(alphanumeric(key)),
    timeout: timeout ?? defaultTimeout,
    kinds,
    operations: operationsOf(key, events),
    isBehindGateway,
    isAsync: !isBehindGateway && !kinds.some((kind) => polledEvents.has(kind)),
    failureDestinations: failureDestinationsOf({ destinations, events }),
  };
};

const ofType = (resources, type) => Object.entries(resources).filter(([, { Type }]) => Type === type);

const tableOf = ([id, { Properties = {} }]) => ({
  id,
  indexes: (Properties.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName),
});

/** `functions` and `resources` as the service declares them; `timeout` is that of functions which name none, in seconds. */
module.exports = ({ name, stage, metricsName, timeout, functions, resources }) => {
  const all = Object.entries(functions).map((entry) => functionOf(entry, timeout));
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const aside = new Set([
    ...queues.map(([, { Properties }]) => targetOf(Properties?.RedrivePolicy?.deadLetterTargetArn)),
    ...all.flatMap(({ failureDestinations }) => failureDestinations),
  ]);
  const queueIds = queues.map(([id]) => id);
  return {
    name,
    stage,
    metricsName,
    functions: all,
    apiKinds: [...gatewayEvents].filter((kind) => all.some(({ kinds }) => kinds.includes(kind))),
    tables: ofType(resources, 'AWS::DynamoDB::Table').map(tableOf),
    queues: queueIds.filter((id) => !aside.has(id)),
    deadLetterQueues: queueIds.filter((id) => aside.has(id)),
  };
};
