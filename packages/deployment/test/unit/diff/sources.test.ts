import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { deployedTemplates } from '../../../src/diff/sources/deployedTemplates.ts';
import { commitOf } from '../../../src/diff/sources/revision.ts';
import { withTemporaryFolder } from '../../../src/diff/sources/temporaryFolder.ts';
import { inParallel } from '../../../src/framework/inParallel.ts';

const cloudFormation = mockClient(CloudFormationClient);
const target = { stage: 'dev', region: 'eu-west-1', services: [{ name: 'notes', folder: '/notes' }] };

const problem = (name: string, message: string) =>
  new CloudFormationServiceException({ name, message, $fault: 'client', $metadata: {} });

const stack = (status: StackStatus) =>
  cloudFormation
    .on(DescribeStacksCommand, { StackName: 'notes-dev' })
    .resolves({ Stacks: [{ StackName: 'notes-dev', CreationTime: new Date(0), StackStatus: status }] });

const template = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };

beforeEach(() => {
  cloudFormation.reset();
  cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: JSON.stringify(template) });
});

describe('what is deployed', () => {
  it('is the template of the service’s stack, though its last update was rolled back', async () => {
    for (const status of ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] as const) {
      stack(status);
      expect([...(await deployedTemplates(target))]).toEqual([['notes', template]]);
    }
  });

  it('is nothing where there is no stack, or one that was never created', async () => {
    cloudFormation
      .on(DescribeStacksCommand)
      .rejects(problem('ValidationError', 'Stack with id notes-dev does not exist'));
    expect((await deployedTemplates(target)).size).toBe(0);

    for (const status of ['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'] as const) {
      stack(status);
      expect((await deployedTemplates(target)).size).toBe(0);
    }
  });

  it('is not compared with while it changes', async () => {
    stack('UPDATE_IN_PROGRESS');

    await expect(deployedTemplates(target)).rejects.toThrow('notes-dev is being changed (UPDATE_IN_PROGRESS)');
  });

  it('is unknown without rights or credentials, which is said', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(problem('AccessDenied', 'not authorized'));

    await expect(deployedTemplates(target)).rejects.toThrow(
      'CloudFormation in eu-west-1 cannot be asked: AccessDenied: not authorized',
    );
  });

  it('is refused where it is no JSON', async () => {
    stack('UPDATE_COMPLETE');
    cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: 'Resources: {}' });

    await expect(deployedTemplates(target)).rejects.toThrow('notes-dev: the template is not JSON');
  });
});

describe('a revision', () => {
  let folder = '';
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'revision-'));
    git('init', '--quiet', '--initial-branch', 'main');
    writeFileSync(join(folder, 'a'), 'a');
    git('add', 'a');
    git('commit', '--quiet', '--message', 'a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is a commit', async () => {
    expect(await commitOf(folder, 'main')).toBe(git('rev-parse', 'HEAD').trim());
  });

  it.each(['nowhere', '--all', 'main:a', ''])(
    'that git does not know as a commit is refused: “%s”',
    async (revision) => {
      await expect(commitOf(folder, revision)).rejects.toThrow(`--against: “${revision}” is no branch, tag or commit`);
    },
  );
});

describe('the folder of a comparison', () => {
  it('is gone afterwards, also when the comparison fails', async () => {
    let used = '';
    const fail = withTemporaryFolder((folder) => {
      used = folder;
      writeFileSync(join(folder, 'a'), 'a');
      return Promise.reject(new Error('no'));
    });

    await expect(fail).rejects.toThrow('no');
    expect(used).not.toBe('');
    expect(existsSync(used)).toBe(false);
  });
});

describe('lanes', () => {
  it('do so many things at once, and answer in their order', async () => {
    let running = 0;
    let most = 0;
    const answers = await inParallel([3, 2, 1], 2, async (item) => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      return item * 2;
    });

    expect({ answers, most }).toEqual({ answers: [6, 4, 2], most: 2 });
  });

  it('begin nothing new after a failure', async () => {
    const begun: number[] = [];
    const run = inParallel([1, 2, 3], 1, (item) => {
      begun.push(item);
      return item === 2 ? Promise.reject(new Error('two')) : Promise.resolve();
    });

    await expect(run).rejects.toThrow('two');
    expect(begun).toEqual([1, 2]);
  });
});
