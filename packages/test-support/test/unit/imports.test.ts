import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../../..');

const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  readonly forbidden: readonly { readonly name: string }[];
};

const sdk = 'node_modules/@aws-sdk/lib-dynamodb/index.js';

type Import = readonly [rule: string, from: string, to: string];

/** An import that each rule forbids, in as many ways as it says. */
const faults: readonly Import[] = [
  ['no-cycles', 'packages/http/src/back.ts', 'packages/http/src/circle.ts'],
  ['no-unresolved', 'packages/http/src/lost.ts', 'packages/http/src/nowhere.ts'],
  ['packages-by-name', 'packages/queue/src/inside.ts', 'packages/contracts/src/inside.ts'],
  ['packages-by-name', 'services/notes/test/unit/inside.ts', 'packages/http/test/support/inside.ts'],
  ['packages-know-no-service', 'packages/http/src/notes.ts', 'services/notes/src/pricing.ts'],
  ['packages-know-no-service', 'packages/test-support/src/notes.ts', 'services/notes/src/pricing.ts'],
  ['packages-know-no-service', 'scripts/notes.ts', 'services/notes/src/pricing.ts'],
  ['services-know-no-service', 'services/users/src/notes.ts', 'services/notes/src/pricing.ts'],
  ['handlers-know-no-storage', 'services/notes/src/handlers/rows.ts', 'packages/dynamodb/src/index.ts'],
  ['handlers-know-no-storage', 'services/notes/src/handlers/queue.ts', 'packages/queue/src/index.ts'],
  ['handlers-know-no-storage', 'services/notes/src/handlers/key.ts', 'packages/secrets/src/index.ts'],
  ['clients-behind-repositories', 'services/notes/src/scan.ts', sdk],
  ['clients-behind-repositories', 'services/notes/src/rooms/scan.ts', sdk],
  ['repositories-know-no-http', 'services/notes/src/httpRepository.ts', 'packages/http/src/index.ts'],
  ['repositories-know-no-http', 'services/users/src/repository/insert.ts', 'packages/http/src/index.ts'],
  ['environment-behind-config', 'services/notes/src/settings.ts', 'packages/config/src/index.ts'],
  ['http-is-pure', 'packages/http/src/client.ts', sdk],
  ['http-is-pure', 'packages/http/src/rows.ts', 'packages/dynamodb/src/index.ts'],
  ['resource-is-the-floor', 'packages/resource/src/page.ts', 'packages/http/src/index.ts'],
  ['resource-is-the-floor', 'packages/resource/src/row.ts', sdk],
  ['storage-knows-no-http', 'packages/dynamodb/src/problem.ts', 'packages/http/src/index.ts'],
  ['storage-knows-no-http', 'packages/queue/src/handler.ts', 'packages/middleware/src/index.ts'],
  ['http-knows-no-storage', 'packages/middleware/src/rows.ts', 'packages/dynamodb/src/index.ts'],
  ['storage-knows-no-http', 'packages/secrets/src/problem.ts', 'packages/http/src/index.ts'],
  ['http-knows-no-storage', 'packages/middleware/src/key.ts', 'packages/secrets/src/index.ts'],
  ['http-knows-no-storage', 'packages/middleware/src/client.ts', sdk],
  ['contracts-are-data', 'packages/contracts/src/data.ts', 'packages/http/src/index.ts'],
  ['no-ajv-at-run-time', 'services/notes/src/validate.ts', 'node_modules/ajv/index.js'],
  ['source-knows-no-test', 'packages/queue/src/builder.ts', 'packages/queue/test/support/build.ts'],
  ['source-knows-no-test', 'services/notes/src/events.ts', 'packages/test-support/src/index.ts'],
  ['source-knows-no-test', 'services/notes/src/sample.ts', 'packages/contracts/samples/index.ts'],
  ['functions-know-no-tooling', 'services/notes/src/events.ts', 'packages/test-support/src/index.ts'],
  ['functions-know-no-tooling', 'packages/queue/src/cloud.ts', 'packages/local-cloud/src/index.ts'],
  ['functions-know-no-tooling', 'packages/new/src/cloud.ts', 'packages/local-cloud/src/index.ts'],
  ['functions-know-no-tooling', 'services/notes/src/script.ts', 'scripts/generate.ts'],
];

/** What each rule leaves alone. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ['packages/http/src/circle.ts', 'packages/http/src/back.ts'],
  ['services/notes/src/handlers/getNote.ts', 'services/notes/src/composition.ts'],
  ['services/notes/src/noteRepository.ts', sdk],
  ['services/notes/src/composition.ts', sdk],
  ['services/notes/src/rooms/objectStore.ts', sdk],
  ['services/notes/src/rooms/socketClient.ts', sdk],
  ['packages/http/src/version.ts', 'packages/resource/src/index.ts'],
  ['packages/dynamodb/src/version.ts', 'packages/resource/src/index.ts'],
  ['services/notes/src/config.ts', 'packages/config/src/index.ts'],
  ['services/notes/test/unit/notes.ts', 'packages/test-support/src/index.ts'],
];

/** Lays the imports out as files, each importing what is its own; what is imported is there, but for `nowhere.ts`. */
const plant = async (folder: string) => {
  const imports = [...faults.map(([, from, to]) => [from, to] as const), ...allowed];
  const files = new Map<string, string>();
  for (const [, to] of imports) if (!to.endsWith('nowhere.ts')) files.set(to, 'export {};\n');
  for (const [from, to] of imports) files.set(from, `import './${relative(dirname(from), to)}';\n`);
  for (const [file, text] of files) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
};

/** The rule and the file of every violation, as `pnpm check:imports` reports them. */
const violationsIn = async (folder: string) => {
  const command = promisify(execFile)(process.execPath, [join(root, 'scripts/imports.ts'), folder]);
  const { stdout } = await command.catch((error: { stdout: string }) => error);
  return [...stdout.matchAll(/error ([\w-]+): (\S+)/g)].map(([, rule = '', file = '']) => `${rule} ${file}`);
};

describe('pnpm check:imports', () => {
  let folder: string;
  let violations: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'imports-'));
    await plant(folder);
    violations = await violationsIn(folder);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(faults)('finds that %s is broken by %s', (rule, file) => {
    expect(violations).toContain(`${rule} ${file}`);
  });

  it('leaves everything else alone', () => {
    const planted = new Set(faults.map(([rule, file]) => `${rule} ${file}`));
    const isByPath = (violation: string) => violation.startsWith('packages-by-name '); // as everything that is planted

    expect(violations.filter((violation) => !planted.has(violation) && !isByPath(violation))).toEqual([]);
  });

  it('has a planted fault for every rule', () => {
    expect(forbidden.map(({ name }) => name).toSorted()).toEqual([...new Set(faults.map(([rule]) => rule))].toSorted());
  });
});
