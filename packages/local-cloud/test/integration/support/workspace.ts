import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../../../..');

/**
 * A workspace of small services that a test may change at will: `cloud` has alpha (an HTTP API with a table) and beta (a
 * REST API), `queues` has gamma (queues, a WebSocket API and a schedule), `rights` epsilon (something of each service, and
 * functions that may do little), `secrets` zeta (functions that read one), `storage` delta (a bucket and a stream). Its folder's
 * name begins with `prefix`.
 */
export const createWorkspace = async (
  name: 'cloud' | 'queues' | 'rights' | 'secrets' | 'storage' = 'cloud',
  prefix = 'workspace-',
) => {
  const fixtures = join(import.meta.dirname, '../../fixtures');
  const fixture = join(fixtures, name);
  const root = await mkdtemp(join(tmpdir(), prefix));
  await cp(fixture, root, { recursive: true });
  await cp(join(fixtures, 'esbuild.cjs'), join(root, 'esbuild.cjs')); // one for all
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const service of await readdir(join(fixture, 'services'))) {
    await mkdir(join(root, 'services', service, 'node_modules/@app'), { recursive: true });
    await symlink(
      join(repository, 'packages/local-cloud'),
      join(root, 'services', service, 'node_modules/@app/local-cloud'),
    );
    await symlink(join(repository, 'packages/secrets'), join(root, 'services', service, 'node_modules/@app/secrets'));
    await symlink(
      join(repository, 'packages/local-cloud/node_modules/@aws-sdk'),
      join(root, 'services', service, 'node_modules/@aws-sdk'),
    );
  }
  return { root, data: join(root, '.local'), remove: () => rm(root, { recursive: true, force: true }) };
};
