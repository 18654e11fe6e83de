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
  readonly ssm: number;
  readonly services: Readonly<Record<string, ServicePorts>>;
}

export const defaultPortBase = 3000;
/** The highest number that is ever added to a base: room for the engines (8000, 9000, 9324 at the default base). */
export const portSpan = 6324;

/** WebSockets are ten above HTTP, so services stand in blocks of ten, with twenty ports each. */
const block = 10;
const mostServices = 50; // up to where the invoke endpoints begin

/**
 * The nth service has the port base + n (3001, 3002 …), its WebSocket API one 10 above that, its invoke endpoint
 * base + 100 + n. The eleventh begins at base + 21, as the first ten's WebSocket APIs have those between.
 *
 * @throws {Error} where there are more services than ports.
 */
export const planPorts = (services: readonly string[], base: number): PortPlan => {
  if (services.length > mostServices) throw new Error(`There are ports for ${mostServices} services.`);
  const portsOf = (index: number) => {
    const http = base + 1 + index + Math.floor(index / block) * block;
    return { http, websocket: http + block, lambda: base + 101 + index };
  };
  return {
    gateway: base,
    dynamodb: base + 5000,
    s3: base + 6000,
    sqs: base + 6324,
    ssm: base + 5583,
    services: Object.fromEntries(services.map((name, index) => [name, portsOf(index)])),
  };
};

/** Which of a plan's ports will be listened on besides those that always are. */
export interface PortUse {
  readonly s3: boolean;
  readonly sqs: boolean;
  readonly ssm: boolean;
  /** The services that have a WebSocket API. */
  readonly websockets: readonly string[];
}

/** Every port of a plan with what it is for. */
export const namedPorts = (
  plan: PortPlan,
  { s3, sqs, ssm, websockets }: PortUse,
): { port: number; purpose: string }[] => [
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
  ...(ssm ? [{ port: plan.ssm, purpose: 'Parameter Store' }] : []),
];
