import { describe, expect, it } from '@jest/globals';
import { namedPorts, planPorts, portSpan } from '../../src/process/ports.ts';

const use = { s3: true, sqs: true, ssm: true, websockets: ['memos'] };
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

describe('planPorts', () => {
  it('numbers services in their order', () => {
    const { gateway, dynamodb, services } = planPorts(['memos', 'ants', 'bees'], 3000);

    expect({ gateway, dynamodb }).toEqual({ gateway: 3000, dynamodb: 8000 });
    expect(services).toEqual({
      memos: { http: 3001, websocket: 3011, lambda: 3101 },
      ants: { http: 3002, websocket: 3012, lambda: 3102 },
      bees: { http: 3003, websocket: 3013, lambda: 3103 },
    });
  });

  it('gives the eleventh service the first port behind the WebSocket APIs of the first ten', () => {
    const { services } = planPorts(numbered(11), 3000);

    expect(services['s9']).toEqual({ http: 3010, websocket: 3020, lambda: 3110 });
    expect(services['s10']).toEqual({ http: 3021, websocket: 3031, lambda: 3111 });
  });

  it('moves all ports together with the base', () => {
    const [first, second] = [planPorts(['memos'], 3000), planPorts(['memos'], 20_000)].map((plan) =>
      namedPorts(plan, use),
    );

    expect(second).toEqual(first?.map(({ port, purpose }) => ({ port: port + 17_000, purpose })));
  });

  it('gives no port twice, and stays within the span that a base reserves', () => {
    const ports = namedPorts(planPorts(numbered(50), 0), { ...use, websockets: numbered(50) }).map(({ port }) => port);

    expect(ports).toHaveLength(155);
    expect(Math.max(...ports)).toBeLessThanOrEqual(portSpan);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('refuses more services than it has ports for', () => {
    expect(() => planPorts(numbered(51), 3000)).toThrow('50 services');
  });
});
