import { plain } from '@app/command-line/colour';
import { describe, expect, it } from '@jest/globals';
import { renderJson } from '../../../src/diff/report/json.ts';
import { renderMarkdown } from '../../../src/diff/report/markdown.ts';
import { type Report, reportOf } from '../../../src/diff/report/report.ts';
import { diffService } from '../../../src/diff/report/serviceDiff.ts';
import { renderTerminal } from '../../../src/diff/report/terminal.ts';
import type { Resource } from '../../../src/diff/template/template.ts';
import { diffOf, index, lambda, queue, role, table, templateOf } from '../../support/templates.ts';

type Resources = Readonly<Record<string, Resource>>;

const against = { kind: 'revision', revision: 'main', commit: '28fea83a9b1c2d3e4f' } as const;

const reportFor = (before: Resources, after: Resources): Report =>
  reportOf({
    target: { stage: 'dev', region: 'eu-west-1', against },
    services: [diffOf(before, after)],
    approved: [],
    known: new Set(),
  });

const terminal = (report: Report) => renderTerminal(report, { paint: plain, width: undefined });

const before = {
  ...lambda(),
  NotesTable: table({ GlobalSecondaryIndexes: [index('a')] }),
  Queue: queue(),
  Role: role({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:t' }),
};
const after = {
  ...lambda({ hash: 'bbbb' }),
  NotesTable: table({ GlobalSecondaryIndexes: [index('b')] }),
  Queue: queue({ QueueName: 'other' }),
  Role: role({ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Scan'], Resource: 'arn:t' }),
  Topic: { Type: 'AWS::SNS::Topic' },
};

describe('the report in a terminal', () => {
  it('has what is refused first, then the gravest changes, and what to type', () => {
    const lines = terminal(reportFor(before, after)).split('\n');

    expect(lines[0]).toBe('Stage dev in eu-west-1: this branch against main (28fea83a9)');
    expect(lines.slice(2).map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'notes: 1 added, 3 changed, 1 replaced',
      ' | code of GetNoteLambdaFunction',
      expect.stringContaining('RESOURCE | ACTION | TYPE | WHAT'),
      expect.stringContaining('NotesTable | refused | two-index-changes | creates b and deletes a'),
      expect.stringContaining(
        'Queue | replaced | AWS::SQS::Queue | loses the messages in it; needs --approve notes/Queue',
      ),
      expect.stringContaining('QueueName: items-dev-writes → other (replaces)'),
      expect.stringContaining('Topic | added | AWS::SNS::Topic'),
      expect.stringContaining('NotesTable | changed | AWS::DynamoDB::Table | GlobalSecondaryIndexes[a]: removed: {'),
      expect.stringContaining('GlobalSecondaryIndexes[b]: added: {'),
      expect.stringContaining('Role | changed | AWS::IAM::Role | Policies[own].PolicyDocument.Statement: removed: {'),
      expect.stringContaining('Role | wider | allowed: dynamodb:Scan on arn:t'),
      '',
      'Refused: CloudFormation would not carry out what is marked as refused.',
      'Besides, data is at stake. If that is meant: --approve notes/Queue',
    ]);
  });

  it('says that everything is approved', () => {
    const approved = reportOf({
      target: { stage: 'dev', region: 'eu-west-1', against },
      services: [diffOf({ Queue: queue() }, {})],
      approved: ['notes/Queue'],
      known: new Set(['notes/Queue']),
    });

    expect(terminal(approved)).toContain('loses the messages in it; approved');
    expect(terminal(approved)).toMatch(/What needs an approval has it\.$/);
  });

  it('says that nothing has changed', () => {
    expect(terminal(reportFor(before, before))).toMatch(/\n\nnotes: no changes\n\nNo changes\.$/);
  });

  it('shows a new stack by what it is made of', () => {
    const services = [diffService({ service: 'notes', stage: 'dev', before: undefined, after: templateOf(after) })];
    const target = { stage: 'dev', region: 'eu-west-1', against: { kind: 'deployed' } } as const;

    const text = terminal(reportOf({ target, services, approved: [], known: new Set() }));

    expect(text).toContain('this branch against what is deployed');
    expect(text).toContain('a new stack: 1 AWS::DynamoDB::Table, 1 AWS::IAM::Role');
  });

  it('shows of long texts where they differ', () => {
    const dashboard = (end: string): Resources => ({
      D: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: `${'x'.repeat(2000)}${end}` } },
    });

    expect(terminal(reportFor(dashboard('old'), dashboard('new')))).toContain(
      `DashboardBody: …${'x'.repeat(20)}old → …${'x'.repeat(20)}new`,
    );
  });
});

describe('the report in Markdown', () => {
  it('is tables that no value breaks', () => {
    const topic = (name: string): Resources => ({
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } },
    });

    const text = renderMarkdown(reportFor(topic('old'), topic('a|b `c` @team\n# <b>')));

    expect(text).toContain('| ✏️ changed | `Topic` | `AWS::SNS::Topic` | `DisplayName: old → a\\|b ’c’ @team # <b>` |');
  });

  it('has the verdict on top, and a table each for what is refused, changed and widened', () => {
    const text = renderMarkdown(reportFor(before, after));

    expect(text.split('\n\n')[1]).toContain('**Refused');
    expect(text).toContain('| ⛔ Refused | Rule | Why |');
    expect(text).toContain('| ♻️ replaced | `Queue` | `AWS::SQS::Queue` | ⚠️ loses the messages in it; needs');
    expect(text).toContain('| `Role` | `allowed: dynamodb:Scan on arn:t` |');
  });
});

describe('the report as JSON', () => {
  it('has a version, the verdict, and paths as texts', () => {
    const report = JSON.parse(renderJson(reportFor(before, after))) as Record<string, never>;

    expect(report).toMatchObject({
      version: 1,
      stage: 'dev',
      region: 'eu-west-1',
      against,
      verdict: 'refused',
      missingApprovals: ['notes/Queue'],
      services: [
        {
          service: 'notes',
          stack: 'notes-dev',
          isNew: false,
          refusals: [{ rule: 'two-index-changes', id: 'NotesTable' }],
          rights: [{ kind: 'allowed', id: 'Role', action: 'dynamodb:Scan', resource: 'arn:t' }],
        },
      ],
    });
    expect(renderJson(reportFor(before, after))).toContain('"path": "GlobalSecondaryIndexes[b]"');
  });
});
