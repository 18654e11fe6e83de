import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { createWorkspace } from './support/workspace.ts';

/** What a shell, a regular expression, a glob, a URL or JSON would take for something of its own. */
const prefixes = [`it's a "tést" ü日 #1 %41 $HOME;&|<>-`, '(y)[z]+{a,b}!@~^`?:=,-'];

describe.each(prefixes)('a checkout below a folder named %s', (prefix) => {
  let workspace: Awaited<ReturnType<typeof createWorkspace>>;
  let cloud: LocalCloud;
  beforeAll(async () => {
    workspace = await createWorkspace('cloud', prefix);
    cloud = await startLocalCloud({
      dataDir: workspace.data,
      env: { AWS_ENDPOINT_URL_DYNAMODB: '' },
      args: ['--root', workspace.root],
    });
  });
  afterAll(async () => {
    await cloud?.stop();
    await workspace?.remove();
  });

  const answer = async () => {
    const response = await fetch(`${cloud.urls['gateway']}/alpha/hello`);
    return ((await response.json()) as { answer: string }).answer;
  };

  it('answers', async () => {
    expect(await answer()).toBe('hello');
  });

  it('is reloaded when a source changes', async () => {
    const file = join(workspace.root, 'services/alpha/src/hello.ts');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll("'hello'", "'changed'"));

    expect(await eventually(async () => (await answer()) === 'changed')).toBe(true);
  });
});
