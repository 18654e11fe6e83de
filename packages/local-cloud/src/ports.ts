/** Where the local cloud listens. Every port is the base plus a fixed number, so that a second cloud needs only another base. */
export interface ServicePorts {
  readonly http: number;
  readonly websocket: number;
  readonly lambda: number;
}
export interface PortPlan {
  readonly gateway: number;
  readonly dynamodb: number;
  readonly s3: number;
  readonly sqs: number;
  readonly services: Readonly<Record<string, ServicePorts>>;
}

export const defaultPortBase = 3000;
/** The highest number that is ever added to a base: room for the engines (8000, 9000, 9324 at the default base). */
export const portSpan = 6324;

const wellKnown: Readonly<Record<string, number>> = { notes: 1, users: 2, tasks: 3, assets: 4, items: 5 };
const lastIndex = 10;

/**
 * Notes has 3001, users 3002 and so on. A service that the table above does not know gets the next
 * free number after those, 3006 to 3010, in the order of the names; its WebSocket is 10 and its invoke endpoint 100 above.
 */
export const planPorts = (services: readonly string[], base: number): PortPlan => {
  const unknown = services.filter((name) => !(name in wellKnown)).toSorted();
  const indexOf = (name: string) => wellKnown[name] ?? Object.keys(wellKnown).length + 1 + unknown.indexOf(name);
  if (services.some((name) => indexOf(name) > lastIndex)) throw new Error(`There are ports for ${lastIndex} services.`);
  const portsOf = (index: number) => ({ http: base + index, websocket: base + 10 + index, lambda: base + 100 + index });
  return {
    gateway: base,
    dynamodb: base + 5000,
    s3: base + 6000,
    sqs: base + 6324,
    services: Object.fromEntries(services.map((name) => [name, portsOf(indexOf(name))])),
  };
};

/** Which of a plan's ports will be listened on besides those that always are. */
export interface PortUse {
  readonly s3: boolean;
  readonly sqs: boolean;
  /** The services that have a WebSocket API. */
  readonly websockets: readonly string[];
}

/** Every port of a plan with what it is for. */
export const namedPorts = (plan: PortPlan, { s3, sqs, websockets }: PortUse): { port: number; purpose: string }[] => [
  { port: plan.gateway, purpose: 'the gateway' },
  ...Object.entries(plan.services).flatMap(([name, { http, lambda }]) => [
    { port: http, purpose: name },
    { port: lambda, purpose: `the invoke endpoint of ${name}` },
  ]),
  ...websockets.flatMap((name) => {
    const ports = plan.services[name];
    return ports ? [{ port: ports.websocket, purpose: `the WebSocket of ${name}` }] : [];
  }),
  { port: plan.dynamodb, purpose: 'DynamoDB' },
  ...(s3 ? [{ port: plan.s3, purpose: 'S3' }] : []),
  ...(sqs ? [{ port: plan.sqs, purpose: 'SQS' }] : []),
];
