import { describe, expect, it } from '@jest/globals';
import { namedPorts, planPorts, portSpan } from '../../src/ports.ts';

const use = { s3: true, sqs: true, websockets: ['notes', 'a'] };

describe('planPorts', () => {
  it('gives each known service its own port, whichever others there are', () => {
    const { gateway, dynamodb, services } = planPorts(['items', 'notes'], 3000);

    expect({ gateway, dynamodb }).toEqual({ gateway: 3000, dynamodb: 8000 });
    expect(services['notes']).toEqual({ http: 3001, websocket: 3011, lambda: 3101 });
    expect(services['items']).toEqual({ http: 3005, websocket: 3015, lambda: 3105 });
  });

  it('gives unknown services the numbers after those, in the order of their names', () => {
    const { services } = planPorts(['zebra', 'notes', 'ant'], 3000);

    expect(services['ant']?.http).toBe(3006);
    expect(services['zebra']?.http).toBe(3007);
  });

  it('moves all ports together with the base', () => {
    const [first, second] = [planPorts(['notes'], 3000), planPorts(['notes'], 20_000)].map((plan) =>
      namedPorts(plan, use),
    );

    expect(second).toEqual(first?.map(({ port, purpose }) => ({ port: port + 17_000, purpose })));
  });

  it('stays within the span that a base reserves', () => {
    const ports = namedPorts(planPorts(['a', 'b', 'c', 'd', 'e'], 0), use).map(({ port }) => port);

    expect(Math.max(...ports)).toBeLessThanOrEqual(portSpan);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('refuses more services than it has ports for', () => {
    expect(() => planPorts(['a', 'b', 'c', 'd', 'e', 'f'], 3000)).toThrow('10 services');
  });
});
