import type { AwsCall, AwsService } from '../calls/call.ts';
import type { Effect, Fault, FaultRequest, moments } from './fault.ts';

type Moment = (typeof moments)[number];
type Active = Fault & { hits: number; passed: number };

const names: Readonly<Record<AwsService, FaultRequest['service'] | undefined>> = {
  ApiGatewayManagementApi: 'execute-api',
  DynamoDB: 'dynamodb',
  'DynamoDB Streams': undefined,
  S3: 's3',
  SSM: 'ssm',
  SNS: undefined,
  SQS: 'sqs',
};
const ofCalls: ReadonlySet<Effect> = new Set<Effect>(['throttle', 'delay', 'refuse', 'fail', 'cut', 'lose']);

const shown = ({ passed: _passed, ...fault }: Active): Fault => fault;

/** The faults that are on. They meet functions only: what tools and the local cloud itself call is left alone. */
export const createFaults = () => {
  const active = new Map<string, Active>();
  const holds: { readonly queue: string; readonly listener: (isHeld: boolean) => void }[] = [];
  let made = 0;

  const isSpent = ({ count, hits }: Active) => count !== undefined && hits >= count;
  /** Counts the hit, if it is one. */
  const hit = (fault: Active): boolean => {
    if (fault.passed < (fault.after ?? 0)) {
      fault.passed += 1;
      return false;
    }
    if (isSpent(fault) || (fault.share !== undefined && Math.random() >= fault.share)) return false;
    fault.hits += 1;
    return true;
  };
  const first = (concerns: (fault: Active) => boolean): Active | undefined => {
    if (active.size === 0) return undefined;
    for (const fault of active.values()) if (concerns(fault) && hit(fault)) return fault;
    return undefined;
  };
  const isOf = (wanted: string | undefined, functionName: string) => wanted === undefined || wanted === functionName;
  const isHeld = (queue: string) =>
    [...active.values()].some((fault) => fault.effect === 'hold' && fault.resource === queue);
  const tell = () => {
    for (const { queue, listener } of holds) listener(isHeld(queue));
  };

  return {
    add: (request: FaultRequest): Fault => {
      made += 1;
      const fault = { ...request, id: `fault-${made}`, hits: 0, passed: 0 };
      active.set(fault.id, fault);
      tell();
      return shown(fault);
    },
    list: (): Fault[] => [...active.values()].map(shown),
    /** False where there is none of that id. */
    remove: (id: string): boolean => {
      const was = active.delete(id);
      tell();
      return was;
    },
    clear: (): void => {
      active.clear();
      tell();
    },
    /** The fault that hits a call of a function (`items:createItem`), if one does. */
    forCall: ({ service, operation, resources }: AwsCall, functionName: string): Fault | undefined =>
      first(
        (fault) =>
          ofCalls.has(fault.effect) &&
          isOf(fault.function, functionName) &&
          (fault.service === undefined || fault.service === names[service]) &&
          (fault.operation === undefined || fault.operation === operation) &&
          (fault.resource === undefined || resources.includes(fault.resource)),
      ),
    /** Whether an invocation of a function is to end now; `calls` are those that it has made. */
    endsAt: (moment: Moment, functionName: string, calls = 0): boolean =>
      first(
        (fault) =>
          fault.effect === 'end' &&
          fault.moment === moment &&
          isOf(fault.function, functionName) &&
          (moment !== 'between' || calls === (fault.calls ?? 1)),
      ) !== undefined,
    /** Whether what an event brings to a function is to be delivered again. */
    repeats: (functionName: string): boolean =>
      first((fault) => fault.effect === 'duplicate' && isOf(fault.function, functionName)) !== undefined,
    /** Has somebody hear, at each change, whether a queue is held. */
    onHold: (queue: string, listener: (isHeld: boolean) => void): void => void holds.push({ queue, listener }),
  };
};

export type Faults = ReturnType<typeof createFaults>;
