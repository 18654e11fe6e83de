import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../../../..');
const fixture = join(import.meta.dirname, '../../fixtures/cloud');

/** A workspace of two small services, alpha (an HTTP API with a table) and beta (a REST API), that a test may change at will. */
export const createWorkspace = async () => {
  const root = await mkdtemp(join(tmpdir(), 'workspace-'));
  await cp(fixture, root, { recursive: true });
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const service of ['alpha', 'beta']) {
    await mkdir(join(root, 'services', service, 'node_modules/@app'), { recursive: true });
    await symlink(
      join(repository, 'packages/local-cloud'),
      join(root, 'services', service, 'node_modules/@app/local-cloud'),
    );
  }
  return { root, data: join(root, '.local'), remove: () => rm(root, { recursive: true, force: true }) };
};
