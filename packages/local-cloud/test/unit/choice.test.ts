import { describe, expect, it } from '@jest/globals';
import { dynamodbEngines, type Machine } from '../../src/engines/choice.ts';

const machine = (given: Partial<Machine> = {}): Machine => ({
  version: '1.2.1',
  hasJava: true,
  hasDocker: true,
  ...given,
});
const labels = (given: Partial<Machine>) => dynamodbEngines(machine(given)).map(({ label }) => label);

describe('dynamodbEngines', () => {
  it('is the endpoint that the caller names, and nothing else, whatever is installed', () => {
    const engines = dynamodbEngines(machine({ endpoint: 'http://127.0.0.1:4566', binary: '/opt/dynoxide' }));

    expect(engines).toEqual([expect.objectContaining({ kind: 'endpoint', endpoint: 'http://127.0.0.1:4566' })]);
  });

  it('is the installed binary where there is one', () => {
    expect(dynamodbEngines(machine({ binary: '/opt/dynoxide' }))).toEqual([
      { kind: 'command', label: 'dynoxide 1.2.1', command: ['/opt/dynoxide'] },
    ]);
  });

  it('is the same version by npx elsewhere, then what serverless-dynamodb starts', () => {
    const [first, ...others] = dynamodbEngines(machine());

    expect(first).toMatchObject({ kind: 'command', command: ['npx', '--yes', 'dynoxide@1.2.1'] });
    expect(others.map(({ kind }) => kind)).toEqual(['serverless-dynamodb', 'serverless-dynamodb']);
  });

  it('does not try Java or Docker where they are missing', () => {
    expect(labels({ hasJava: false, hasDocker: false })).toEqual(['dynoxide 1.2.1 by npx']);
    expect(labels({ hasJava: false }).at(-1)).toContain('Docker');
    expect(labels({ hasDocker: false }).at(-1)).toContain('Java');
  });
});
