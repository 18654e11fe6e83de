import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageEach, packageService, serviceNames } from '@app/test-support/packagedService';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isKnownType, replacementAt } from '../../src/diff/compare/schema.ts';
import { diffService } from '../../src/diff/report/serviceDiff.ts';
import type { Template } from '../../src/diff/template/template.ts';

const entry = join(import.meta.dirname, '../../src/diff.ts');
const root = join(import.meta.dirname, '../../../..');

const templateOf = async (service: string, stage = 'dev'): Promise<Template> => {
  const { resources, outputs } = await packageService(service, stage);
  return { Resources: resources, Outputs: outputs } as Template;
};

/** A template in which one text is another, wherever it stands. */
const replaced = (template: Template, text: string, other: string): Template =>
  JSON.parse(JSON.stringify(template).replaceAll(text, other)) as Template;

const diff = (service: string, before: Template, after: Template) =>
  diffService({ service, stage: 'dev', before, after });

const names = (resource: Template['Resources'][string] | undefined) => Object.keys(resource?.Properties ?? {});

const packaged = packageEach(serviceNames);

/** With alarms and a dashboard as well. One stage after the other: both would use the service’s .esbuild folder. */
const durableTemplateOf = async (service: string) => {
  await Promise.all(Object.values(packaged));
  return templateOf(service, 'prod');
};

describe.each(serviceNames)('the templates of %s', (service) => {
  it('have only types and properties of which the schemas say when they are replaced', async () => {
    const { Resources: resources } = await durableTemplateOf(service);

    const unknown = Object.values(resources).flatMap((resource) =>
      names(resource).filter((name) => replacementAt(resource.Type, [name]) === 'unknown'),
    );

    expect(Object.values(resources).filter(({ Type: type }) => !isKnownType(type))).toEqual([]);
    expect(unknown).toEqual([]);
  });

  it('do not differ from themselves, deployed at another time', async () => {
    await packaged[service];
    const template = await templateOf(service);
    const later = JSON.parse(
      JSON.stringify(template)
        .replaceAll(/\d{13}-\d{4}-[^/"]+Z\//g, '1895812199377-2030-01-28T20:43:19.377Z/')
        .replaceAll(/ApiGatewayDeployment\d+/g, 'ApiGatewayDeployment1895812199377'),
    ) as Template;

    expect(JSON.stringify(later)).not.toBe(JSON.stringify(template));
    expect(diff(service, template, later)).toMatchObject({
      changes: [],
      outputs: [],
      rights: [],
      refusals: [],
      notes: [],
    });
  });
});

describe('a change of notes', () => {
  it('of the table’s name needs an approval, and shows in what refers to the table', async () => {
    const before = await templateOf('notes');

    const { changes, refusals } = diff('notes', before, replaced(before, '"TableName":"notes-dev"', '"TableName":"n"'));

    expect(changes.find(({ id }) => id === 'NotesTable')).toMatchObject({
      action: 'replaced',
      approval: 'notes/NotesTable',
    });
    expect(changes.find(({ id }) => id === 'GetNoteIamRoleLambdaExecution')?.properties[0]?.cause).toBe('NotesTable');
    expect(refusals).toEqual([]);
  });

  it('of an index’s name is refused, as it creates one and deletes one', async () => {
    const before = await templateOf('notes');

    const { refusals } = diff('notes', before, replaced(before, 'owner-createdAt-index', 'owner-index'));

    expect(refusals.map(({ rule, id }) => [rule, id])).toEqual([['two-index-changes', 'NotesTable']]);
  });

  it('of a role shows what it adds, and nothing else', async () => {
    const before = await templateOf('notes');

    const { rights, changes } = diff('notes', before, replaced(before, '"dynamodb:GetItem"', '"dynamodb:*"'));

    const id = 'GetNoteIamRoleLambdaExecution';
    const granted = { action: 'dynamodb:*', resource: '${NotesTable.Arn}', principal: '', condition: '' };
    expect(changes.map((change) => change.id)).toEqual([id]);
    expect(rights).toEqual([{ kind: 'allowed', id, ...granted }]);
  });
});

describe('pnpm run diff --against', () => {
  let temporary = '';
  beforeAll(() => void (temporary = mkdtempSync(join(tmpdir(), 'diff-test-'))));
  afterAll(() => rmSync(temporary, { recursive: true }));

  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const run = (...args: string[]) =>
    new Promise<string>((resolve) => {
      const env = { ...process.env, NODE_OPTIONS: '', TMPDIR: temporary };
      execFile(process.execPath, [entry, '--stage', 'dev', ...args], { env }, (_, stdout, stderr) =>
        resolve(stdout || stderr),
      );
    });

  it('packages another revision, and leaves nothing behind', async () => {
    const worktrees = git('worktree', 'list');

    const output = await run('--service', 'notes', '--against', 'HEAD', '--json');

    expect(JSON.parse(output)).toMatchObject({
      against: { kind: 'revision', revision: 'HEAD', commit: git('rev-parse', 'HEAD') },
      services: [{ service: 'notes', isNew: false }],
    });
    expect(readdirSync(temporary).filter((name) => name !== 'node-compile-cache')).toEqual([]); // that is Node’s own
    expect(git('worktree', 'list')).toBe(worktrees);
  }, 300_000);
});
