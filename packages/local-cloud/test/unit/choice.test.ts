import { describe, expect, it } from '@jest/globals';
import { dynamodbEngines, type Machine, whatToDo } from '../../src/dynamodb/engine/choice.ts';

const machine = (given: Partial<Machine> = {}): Machine => ({
  version: '1.2.1',
  npm: '/opt/npm-cli.js',
  hasJava: true,
  hasMaven: true,
  ...given,
});
const kinds = (given: Partial<Machine>) => dynamodbEngines(machine(given)).map(({ kind }) => kind);

describe('dynamodbEngines', () => {
  it('is the endpoint that the caller names, and nothing else, whatever is installed', () => {
    const engines = dynamodbEngines(machine({ endpoint: 'http://127.0.0.1:4566', binary: '/opt/dynoxide' }));

    expect(engines).toEqual([expect.objectContaining({ kind: 'endpoint', endpoint: 'http://127.0.0.1:4566' })]);
  });

  it('is the installed binary where there is one, and nothing else', () => {
    expect(dynamodbEngines(machine({ binary: '/opt/dynoxide' }))).toEqual([
      { kind: 'dynoxide', label: 'dynoxide 1.2.1', binary: '/opt/dynoxide' },
    ]);
  });

  it('is the same version from npm elsewhere, then DynamoDB Local', () => {
    expect(dynamodbEngines(machine())).toEqual([
      { kind: 'dynoxide-from-npm', label: 'dynoxide 1.2.1 from npm', version: '1.2.1', npm: '/opt/npm-cli.js' },
      { kind: 'dynamodb-local', label: 'DynamoDB Local (Java)' },
    ]);
  });

  it.each([
    [{ npm: undefined }, ['dynamodb-local']],
    [{ hasJava: false }, ['dynoxide-from-npm']],
    [{ hasMaven: false }, ['dynoxide-from-npm']],
    [{ npm: undefined, hasJava: false }, []],
    [{ npm: undefined, hasMaven: false }, []],
  ])('leaves out what the machine lacks: %j', (lacking, expected) => {
    expect(kinds(lacking)).toEqual(expected);
  });
});

describe('whatToDo', () => {
  it('names the exact version, an endpoint, and of Java and Maven what is missing', () => {
    expect(whatToDo(machine())).toMatch(/dynoxide@1\.2\.1[^]*AWS_ENDPOINT_URL_DYNAMODB=http/);
    expect(whatToDo(machine())).not.toContain('Maven');
    expect(whatToDo(machine({ hasMaven: false }))).toContain('- Maven on PATH');
    expect(whatToDo(machine({ hasJava: false, hasMaven: false }))).toContain('Java 17 or later and Maven on PATH');
  });
});
