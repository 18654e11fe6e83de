import type { Commands } from './commands.ts';
import { testEndToEnd } from './endToEnd.ts';
import { namesOfStage } from './leftovers.ts';
import { expectThat, type Steps } from './steps.ts';
import type { WorkingCopy } from './workingCopy.ts';

interface Means {
  readonly steps: Steps;
  readonly commands: Commands;
  readonly copy: WorkingCopy;
  readonly port: number;
  readonly endpoint: string;
}

const changedIn = (services: readonly { service: string; changed: readonly string[] }[]) =>
  services.flatMap(({ service, changed }) => changed.map((name) => `${service}:${name}`));

const getNote = 'services/notes/src/handlers/getNote.ts';

/** Deployed and called, changed, gone back, removed and deployed again. */
export const checkPreview = async ({ steps, commands, copy, port, endpoint }: Means) => {
  const dev = ['--stage', 'dev'];
  const notes = [...dev, '--service', 'notes'];

  await steps.run('without the account’s own stack, nothing is begun', async () => {
    const [users] = await commands.report('deploy', ...dev, '--service', 'users');
    expectThat(users?.problem?.reason.includes('pnpm run bootstrap'), `It said ${JSON.stringify(users)}`);
  });
  await steps.run('the account is prepared, once', async () => {
    const first = await commands.run('bootstrap', '--yes');
    const second = await commands.run('bootstrap', '--yes');
    expectThat(first.exitCode === 0, first.stderr);
    expectThat(second.stdout.includes('is as it should be'), second.stdout + second.stderr);
  });
  const deployed = await steps.run('all services are deployed, verified and called', () =>
    commands.expectOutcome('deployed', 'deploy', ...dev),
  );
  if (!deployed) return;
  await steps.run('the end-to-end tests of every service pass, with rights enforced', () =>
    testEndToEnd(port, deployed),
  );
  await steps.run('an unchanged deployment changes nothing', () =>
    commands.expectOutcome('unchanged', 'deploy', ...dev),
  );

  const putBack = await copy.change(getNote, 'export const handler', `console.log('another');\nexport const handler`);
  await steps.run('diff tells of that change, and of no other', async () => {
    const { exitCode, stdout, stderr } = await commands.run('diff', ...notes);
    expectThat(exitCode === 0 && stdout.includes('code of GetNoteLambdaFunction'), `${exitCode}: ${stdout}${stderr}`);
    expectThat(!stdout.includes('replaced') && !stdout.includes('deleted'), stdout);
  });
  await steps.run('diff refuses to lose a table that nobody has approved', async () => {
    const undo = await copy.change(
      'services/notes/serverless.yml',
      'notes: notes-${sls:stage}',
      'notes: other-${sls:stage}',
    );
    const { exitCode, stdout } = await commands.run('diff', ...notes);
    await undo();
    expectThat(exitCode === 1 && stdout.includes('--approve notes/NotesTable'), `${exitCode}: ${stdout}`);
  });
  await steps.run('a change of one function deploys that function', async () => {
    const services = await commands.expectOutcome('deployed', 'deploy', ...notes);
    expectThat(changedIn(services).join() === 'notes:getNote', `Changed: ${changedIn(services).join()}`);
  });
  await steps.run('a rollback brings the earlier code back', async () => {
    const listed = await commands.run('rollback', ...notes);
    const [, earlier] = [...listed.stdout.matchAll(/\s(\d{13})\s/g)].map(([, timestamp]) => timestamp);
    expectThat(earlier, `No deployment to go back to: ${listed.stdout}${listed.stderr}`);
    const { exitCode, stderr, stdout } = await commands.run('rollback', ...notes, '--to', earlier);
    expectThat(exitCode === 0, stderr + stdout);
  });
  await steps.run('and the next deployment is not skipped', async () => {
    const services = await commands.expectOutcome('deployed', 'deploy', ...notes);
    expectThat(changedIn(services).join() === 'notes:getNote', `Changed: ${changedIn(services).join()}`);
  });
  await putBack();

  await steps.run('info and logs tell of it', async () => {
    const info = await commands.run('info', ...notes);
    expectThat(info.stdout.includes('notes-dev') && info.exitCode === 0, info.stdout + info.stderr);
    const logs = await commands.run('logs', ...notes, '--since', '1h', '--filter', 'request');
    expectThat(logs.stdout.includes('createNote') && logs.exitCode === 0, logs.stdout + logs.stderr);
  });
  await steps.run('a removed preview leaves nothing behind', async () => {
    await commands.expectOutcome('removed', 'remove', ...dev);
    const left = await namesOfStage(endpoint, 'dev');
    expectThat(left.length === 0, `It left ${left.join(', ')}`);
  });
  await steps.run('and is deployed again', () =>
    commands.expectOutcome('deployed', 'deploy', ...dev, '--service', 'notes,assets'),
  );
};

/** A durable stage keeps its data, and takes it back. */
export const checkDurable = async ({ steps, commands, port, endpoint }: Means) => {
  const staging = ['--stage', 'staging', '--service', 'notes,assets'];
  const yes = ['--yes', 'staging'];
  const post = async (id: string) => {
    const headers = { host: `${id}.execute-api.localhost:${port}`, 'content-type': 'application/json' };
    const { request } = await import('node:http');
    return new Promise<string | undefined>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path: '/notes', method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.headers.location);
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ title: 'Kept', content: 'beyond its stack' }));
    });
  };
  const idOf = (services: readonly { service: string; urls: readonly string[] }[]) =>
    new URL(services.find(({ service }) => service === 'notes')?.urls[0] ?? '').hostname.split('.')[0] ?? '';
  const status = async (id: string, path: string) => {
    const { request } = await import('node:http');
    return new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: `${id}.execute-api.localhost:${port}` };
      request({ host: '127.0.0.1', port, path, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  };

  await steps.run('a durable stage is not changed without its name', async () => {
    const { exitCode, stderr } = await commands.run('deploy', ...staging);
    expectThat(exitCode === 2 && stderr.includes('--yes staging'), `${exitCode}: ${stderr}`);
  });
  const location = await steps.run('it is deployed, and protected from the second time on', async () => {
    const services = await commands.expectOutcome('deployed', 'deploy', ...staging, ...yes);
    await commands.expectOutcome('deployed', 'deploy', ...staging, ...yes);
    await commands.expectOutcome('unchanged', 'deploy', ...staging, ...yes);
    return post(idOf(services));
  });
  await steps.run('it is not removed without its name', async () => {
    const { exitCode, stdout, stderr } = await commands.run('remove', ...staging);
    expectThat(exitCode !== 0 && (stderr + stdout).includes('--yes-remove staging'), `${exitCode}: ${stderr}${stdout}`);
  });
  await steps.run('a removal keeps its tables and its bucket, and nothing else', async () => {
    await commands.expectOutcome('removed', 'remove', ...staging, '--yes-remove', 'staging');
    const left = await namesOfStage(endpoint, 'staging');
    const expected = ['bucket assets-staging-000000000000', 'table assets-staging', 'table notes-staging'];
    expectThat(left.toSorted().join() === expected.join(), `It left ${left.join(', ')}`);
  });
  await steps.run('a deployment does not run into what was kept, and names what takes it back', async () => {
    const services = await commands.report('deploy', ...staging, ...yes);
    const said = JSON.stringify(services);
    expectThat(services.every(({ outcome }) => outcome === 'failed') && said.includes('pnpm run adopt'), said);
  });
  await steps.run('adoption brings the data back', async () => {
    const services = await commands.expectOutcome('deployed', 'adopt', ...staging, ...yes);
    expectThat(location, 'No note was created before.');
    const found = await status(idOf(services), location);
    expectThat(found === 200, `The note is answered with ${found}`);
  });
};
