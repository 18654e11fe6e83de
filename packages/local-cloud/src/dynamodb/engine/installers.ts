import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startBound } from './boundProcess.ts';
import { installOnce } from './installOnce.ts';
import { repositoryFile } from './machine.ts';

export interface Installation {
  /** Where engines are kept, each in a folder of its own. */
  readonly folder: string;
  readonly log: (message: string) => void;
}

const longestInstallation = 300_000;

/** Runs a program to its end; resolves to its last lines. */
const run = async (command: readonly string[], cwd: string): Promise<string> => {
  const program = startBound(command, { cwd });
  const limit = setTimeout(() => void program.stop(), longestInstallation);
  try {
    return await program.ended;
  } finally {
    clearTimeout(limit);
  }
};

/** Rejects with what the program said when it did not bring what it should. */
const orLines = (installing: Promise<string>, lines: () => string) =>
  installing.catch((error: Error) => {
    throw new Error([error.message, lines()].filter(Boolean).join('\n'), { cause: error });
  });

/**
 * dynoxide for this platform, from its public npm package: the exact version, which names those of its platforms exactly
 * too, and no script of theirs is run. Resolves to the binary.
 */
export const installDynoxide = (
  { version, npm }: { version: string; npm: string },
  { folder, log }: Installation,
  { platform, arch }: { platform: string; arch: string } = process,
): Promise<string> => {
  let lines = '';
  const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const installing = installOnce(join(folder, `dynoxide-${version}`), async (empty) => {
    log(`Installing dynoxide ${version} for ${platform}-${arch} from npm into ${folder}, once.`);
    lines = await run([process.execPath, npm, 'install', '--prefix', empty, ...options, `dynoxide@${version}`], empty);
    return join('node_modules/@dynoxide', `${platform}-${arch}`, platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  });
  return orLines(installing, () => lines);
};

/** AWS's DynamoDB Local and what it needs, from Maven Central, at the version that its pom.xml names. Resolves to their folder. */
export const installDynamodbLocal = async ({ folder, log }: Installation): Promise<string> => {
  let lines = '';
  const pom = repositoryFile('scripts/dynamodbLocal/pom.xml');
  const version = /<version>([\d.]+)<\/version>\s*<\/dependency>/.exec(readFileSync(pom, 'utf8'))?.[1] ?? '';
  const maven = process.platform === 'win32' ? ['cmd', '/c', 'mvn'] : ['mvn'];
  const installing = installOnce(join(folder, `dynamodb-local-${version}`), async (empty) => {
    log(`Installing DynamoDB Local ${version} from Maven Central into ${folder}, once.`);
    lines = await run([...maven, '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${empty}`], empty);
    return `DynamoDBLocal-${version}.jar`;
  });
  return dirname(await orLines(installing, () => lines));
};
