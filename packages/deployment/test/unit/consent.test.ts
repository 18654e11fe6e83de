import { describe, expect, it, jest } from '@jest/globals';
import { describePlace } from '../../src/account.ts';
import { awsFailure } from '../../src/aws/awsFailure.ts';
import { consentTo } from '../../src/consent.ts';

const terminal = (answer: string) => ({
  canAsk: () => true,
  ask: jest.fn((_question: string) => Promise.resolve(answer)),
});
const nobody = { canAsk: () => false, ask: () => Promise.reject(new Error('there is nobody')) };
const change = { verb: 'deploy to', stage: 'prod', yes: undefined };

describe('a change of a durable stage', () => {
  it('waits until its name has been typed', async () => {
    const typed = terminal('prod');

    await consentTo(change, typed);

    expect(typed.ask).toHaveBeenCalledWith('prod is a durable stage. Type its name to deploy to it: ');
  });

  it.each(['', 'yes', 'Prod', 'staging'])('does not happen when “%s” is typed', async (answer) => {
    await expect(consentTo(change, terminal(answer))).rejects.toThrow('Nothing was changed');
  });

  it('needs --yes with its name where nobody can be asked', async () => {
    await expect(consentTo(change, nobody)).rejects.toMatchObject({
      message: 'prod is a durable stage: add --yes prod to deploy to it.',
      exitCode: 2,
    });
    await expect(consentTo({ ...change, yes: 'prod' }, nobody)).resolves.toBeUndefined();
  });

  it('does not happen with the name of another stage', async () => {
    await expect(consentTo({ ...change, yes: 'staging' }, terminal('prod'))).rejects.toThrow('--yes names “staging”');
  });
});

describe('a change of a preview', () => {
  it('needs no consent', async () => {
    await expect(consentTo({ ...change, stage: 'pr-12' }, nobody)).resolves.toBeUndefined();
  });
});

describe('where a command works', () => {
  it('is told by account, role, region, stage and kind', () => {
    const account = { id: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/Deployer/ann' };

    expect(describePlace(account, { stage: 'prod', region: 'eu-west-1' })).toBe(
      'account 123456789012 (assumed-role/Deployer/ann), region eu-west-1, stage prod (durable)',
    );
    expect(describePlace(account, { stage: 'dev', region: 'eu-west-1' })).toContain('(preview)');
  });
});

describe('what AWS refuses', () => {
  const error = (fields: object) => Object.assign(new Error('message'), fields);

  it.each([
    [
      { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' },
      'There are no AWS credentials',
    ],
    [
      { name: 'CredentialsProviderError', message: 'The SSO session associated with this profile has expired.' },
      'have expired',
    ],
    [{ name: 'ExpiredToken', $metadata: {} }, 'have expired'],
    [{ name: 'ExpiredTokenException', $metadata: {} }, 'have expired'],
    [{ name: 'InvalidClientTokenId', $metadata: {} }, 'does not accept these credentials'],
    [
      { name: 'AccessDeniedException', message: 'not allowed to do X', $metadata: {} },
      'lack a right: not allowed to do X',
    ],
    [{ code: 'ENOTFOUND', hostname: 'sts.xx-nowhere-1.amazonaws.com' }, 'check the region (eu-west-1)'],
    [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, 'cannot be reached: connect ECONNREFUSED'],
    [
      { name: 'ValidationError', message: 'No such thing', $metadata: {} },
      'AWS refused: ValidationError: No such thing',
    ],
  ])('is one line: %j', (fields, words) => {
    const failure = awsFailure(error(fields), 'eu-west-1');

    expect(failure?.message).toContain(words);
    expect(failure?.message).not.toContain('\n');
  });

  it('is not taken for a fault of ours', () => {
    expect(awsFailure(new TypeError('undefined is not a function'), 'eu-west-1')).toBeUndefined();
  });
});
