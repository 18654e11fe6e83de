/** What can go wrong on purpose, and with what. */
export const effects = {
  throttle: 'the call is refused as one too many, and not carried out',
  delay: 'the call waits for `milliseconds` first',
  refuse: 'the call is refused as one that the role does not allow',
  fail: 'the call is answered with the service’s own internal error, and not carried out',
  cut: 'the connection is cut before the call is carried out',
  lose: 'the call is carried out, and its answer is lost',
  end: 'the invocation ends as a crash does: `moment` before, between or after its calls',
  duplicate: 'what events bring is delivered twice',
  hold: 'nothing is received from the queue `resource` until the fault is removed',
} as const;

export type Effect = keyof typeof effects;

export const services = ['dynamodb', 'sqs', 's3', 'ssm', 'execute-api'] as const;
export const moments = ['before', 'between', 'after'] as const;

export interface FaultRequest {
  readonly effect: Effect;
  /** Calls of this service only. */
  readonly service?: (typeof services)[number];
  /** `PutItem`. */
  readonly operation?: string;
  /** A table, a queue, a bucket, by its name. */
  readonly resource?: string;
  /** `items:createItem`: of this function only. */
  readonly function?: string;
  /** How large a part of what it concerns it hits, from 0 to 1; without it, all. */
  readonly share?: number;
  /** How many of what it concerns are let through first. */
  readonly after?: number;
  /** How often it hits; without it, until it is removed. */
  readonly count?: number;
  readonly milliseconds?: number;
  readonly moment?: (typeof moments)[number];
  /** Of `between`: how many calls are carried out first; 1 without it. */
  readonly calls?: number;
}

/** A fault that is on. */
export interface Fault extends FaultRequest {
  readonly id: string;
  /** How often it has hit. */
  readonly hits: number;
}

const members = 'effect service operation resource function share after count milliseconds moment calls'.split(' ');
const list = (names: readonly string[]) => names.join(', ');

/** A member's value among some: the problem otherwise. */
const oneOf = (member: string, value: unknown, among: readonly string[]) =>
  value === undefined || among.includes(value as string)
    ? []
    : [`${member} is ${JSON.stringify(value)}, and must be one of ${list(among)}`];

const text = (member: string, value: unknown) =>
  value === undefined || (typeof value === 'string' && value !== '')
    ? []
    : [`${member} is ${JSON.stringify(value)}, and must be a text`];

const number = (member: string, value: unknown, [least, most]: readonly [number, number], isWhole = true) =>
  value === undefined ||
  (typeof value === 'number' && value >= least && value <= most && (!isWhole || Number.isInteger(value)))
    ? []
    : [
        `${member} is ${JSON.stringify(value)}, and must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}`,
      ];

const needs = ({ effect, milliseconds, resource, moment, service, operation }: Partial<FaultRequest>) => {
  const isOfCalls = effect !== 'end' && effect !== 'duplicate' && effect !== 'hold';
  return [
    ...(effect === 'delay' && milliseconds === undefined ? ['delay needs milliseconds'] : []),
    ...(effect === 'hold' && resource === undefined ? ['hold needs the queue as resource'] : []),
    ...(effect === 'end' && moment === undefined ? [`end needs a moment: one of ${list(moments)}`] : []),
    ...(!isOfCalls && (service ?? operation) !== undefined ? [`${effect} has no service or operation`] : []),
    ...(!isOfCalls && effect !== 'hold' && resource !== undefined ? [`${effect} has no resource`] : []),
  ];
};

/** What is wrong with a fault that somebody asks for, each with the member's name; `functions` are those that there are. */
export const problemsOf = (given: unknown, functions: readonly string[]): string[] => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return ['A fault is a JSON object'];
  const fault = given as Record<string, unknown>;
  const unknown = Object.keys(fault).filter((name) => !members.includes(name));
  return [
    ...unknown.map((name) => `${name} is no member of a fault: there are ${list(members)}`),
    ...(fault['effect'] === undefined ? [`effect is missing: one of ${list(Object.keys(effects))}`] : []),
    ...oneOf('effect', fault['effect'], Object.keys(effects)),
    ...oneOf('service', fault['service'], services),
    ...oneOf('moment', fault['moment'], moments),
    ...oneOf('function', fault['function'], functions),
    ...text('operation', fault['operation']),
    ...text('resource', fault['resource']),
    ...number('share', fault['share'], [0, 1], false),
    ...number('after', fault['after'], [0, 1_000_000]),
    ...number('count', fault['count'], [1, 1_000_000]),
    ...number('milliseconds', fault['milliseconds'], [0, 600_000]),
    ...number('calls', fault['calls'], [0, 1000]),
    ...needs(fault),
  ];
};
