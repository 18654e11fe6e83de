import { describe, expect, it } from '@jest/globals';
import { parameterProblems, valuesOf } from '../../../src/stage/parameters.ts';

const problems = (...words: string[]) => parameterProblems({ stage: 'pr-1', words, isDeployed: false });

describe('the parameters of a stage', () => {
  it.each(['dev', 'staging', 'prod', 'pr-1'])('are right as they stand in params.yml: %s', (stage) => {
    expect(parameterProblems({ stage, isDeployed: false })).toEqual([]);
  });

  it.each([
    ['maxWaiters=10', 10],
    ['durable=true', true],
    ['alarms=false', false],
    ['throttleRate=0.5', 0.5],
    ['alertEmail=a@b.example', 'a@b.example'],
    ['domainName=api.example.com', 'api.example.com'],
  ])('may be given with --param: %s', (word, value) => {
    expect(problems(word)).toEqual([]);
    expect(valuesOf({ stage: 'pr-1', words: [word] })[word.split('=')[0] ?? '']).toBe(value);
  });

  it.each([
    ['nope=1', 'nope is no parameter: there are corsOrigins, durable'],
    ['Alarms=true', 'Alarms is no parameter'],
    ['alarms=maybe', 'alarms is "maybe", and must be boolean'],
    ['durable=yes', 'durable is "yes", and must be boolean'],
    ['alarms=', 'alarms is "", and must be boolean'],
    ['maxWaiters=many', 'maxWaiters is "many", and must be integer'],
    ['maxWaiters=0', 'maxWaiters is 0, and must be >= 1'],
    ['maxWaiters=1.5', 'maxWaiters is 1.5, and must be integer'],
    ['queueConcurrency=1', 'queueConcurrency is 1, and must be >= 2'],
    ['throttleRate=0', 'throttleRate is 0, and must be > 0'],
    ['throttleRate=-1', 'throttleRate is "-1", and must be number'],
    ['maxAssetBytes=6000000000', 'maxAssetBytes is 6000000000, and must be <= 5368709120'],
    ['domainName=https://api.example.com', 'domainName is "https://api.example.com", and must match pattern'],
    ['socketDomainName=localhost', 'socketDomainName is "localhost", and must match pattern'],
    ['alertEmail=nonsense', 'alertEmail is "nonsense", and must match pattern'],
    ['corsOrigins=https://a.example', 'corsOrigins is "https://a.example", and is a list: write it into params.yml'],
  ])('are refused by name: --param %s', (word, problem) => {
    expect(problems(word)).toEqual([expect.stringContaining(problem)]);
  });

  it('are refused all together', () => {
    expect(problems('nope=1', 'alarms=maybe')).toHaveLength(2);
  });
});

describe('a stage that is deployed', () => {
  const deployed = (stage: string, ...words: string[]) => parameterProblems({ stage, words, isDeployed: true });

  it('needs origins of its own, and somebody who hears of its alarms', () => {
    expect(deployed('prod')).toEqual([
      'corsOrigins: https://app.example.com is not an origin of your own',
      'alertEmail is missing: somebody must hear of the alarms that this stage has',
    ]);
    expect(deployed('prod', 'alertEmail=ops@groundwork.test')).toHaveLength(1);
    expect(deployed('dev', 'alarms=true')).toEqual([expect.stringContaining('alertEmail is missing')]);
  });

  it.each(['dev', 'staging', 'pr-1'])('%s needs no more than it has', (stage) => {
    expect(deployed(stage)).toEqual([]);
  });
});
