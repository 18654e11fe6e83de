import { describe, expect, it } from '@jest/globals';
import { environmentOf, serviceEnvironment } from '../../jest/serviceEnvironment.ts';

const params = 'default:\n  maxThings: 50 # how many\nprod:\n  maxThings: 500\n';

const withEnvironment = (lines: string) => `custom:
  table: things-\${sls:stage} # its name
  tables:
    parts: things-parts-\${sls:stage}
  environment:
${lines
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
  seeds: { dev: {} }
Resources:
  WorkQueue: # in order
    Type: AWS::SQS::Queue
    Properties:
      QueueName: things-work-\${sls:stage}.fifo
`;

describe('the environment of a service', () => {
  it.each([
    ['THINGS_TABLE: ${self:custom.table}', 'things-dev'],
    ['PARTS_TABLE: ${self:custom.tables.parts}', 'things-parts-dev'],
    ['MAX_THINGS: ${param:maxThings}', '50'],
    ["MAX_BYTES: ${param:maxBytes, '1024'} # 1 KiB", '1024'],
    ['WORK_QUEUE_URL: !Ref WorkQueue', 'http://127.0.0.1:9324/000000000000/things-work-dev.fifo'],
    [
      "ENDPOINT: !Sub 'https://${SocketsApi}.${AWS::Region}.${AWS::URLSuffix}'",
      'https://socketsapi.eu-west-1.localhost',
    ],
    ["QUOTED: 'text'", 'text'],
  ])('has of %s: %s', (line, value) => {
    expect(Object.values(environmentOf(withEnvironment(line), params))).toEqual([value]);
  });

  it('has nothing of what a file computes, and nothing beside it', () => {
    expect(environmentOf(withEnvironment('CORS: ${file(cors.cjs)}'), params)).toEqual({});
  });
});

describe('the environment of tests', () => {
  it('has a value for every variable, each without a variable in it', () => {
    const values = Object.values(serviceEnvironment());

    expect(values.length).toBeGreaterThan(0);
    expect(values.filter((value) => value === '' || value.includes('$'))).toEqual([]);
  });
});
