/** `pnpm dlq`: what is in the dead-letter queues, and back with it. Of the local cloud, or with `--stage` and credentials of a stage. */
import { parseArgs } from 'node:util';
import { announce } from '@app/deployment/account';
import { consentTo } from '@app/deployment/consent';
import { readTarget } from '@app/deployment/target';
import { connect } from './dlq/connect.ts';
import { type DeadLetterQueue, findDeadLetterQueues, theQueue } from './dlq/queues.ts';
import { redrive } from './dlq/redrive.ts';
import { renderList, renderMessage } from './dlq/render.ts';
import { look } from './dlq/show.ts';

const usage = `pnpm dlq list
pnpm dlq show <queue>
pnpm dlq redrive <queue> [--message <id>]
  --stage <stage>   the queues of a stage on AWS, with the credentials of the environment; else the local cloud's
  --region <region> of that stage (AWS_REGION, else eu-west-1)
  --yes <stage>     consent to a redrive in a durable stage, where nobody can be asked
  <queue> is a dead-letter queue's name, or a part that only one has: writes`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    stage: { type: 'string' },
    region: { type: 'string' },
    message: { type: 'string' },
    yes: { type: 'string' },
  },
});
const [command, name = ''] = positionals;
const print = (text: string) => void process.stdout.write(`${text}\n`);

const commands: Readonly<
  Record<string, (client: ReturnType<typeof connect>, queues: DeadLetterQueue[]) => Promise<void>>
> = {
  list: async (_, queues) => print(renderList(queues)),
  show: async (client, queues) => {
    const queue = theQueue(queues, name);
    const messages = await look(client, queue);
    for (const message of messages) print(renderMessage(message));
    const behind = queue.waiting - messages.length;
    if (behind > 0) print(`${behind} more: held by another receiver, or behind those above in their groups.`);
  },
  redrive: async (client, queues) => {
    const queue = theQueue(queues, name);
    const sent = await redrive(client, queue, { messageId: values.message });
    print(`${sent} of ${queue.waiting} messages went from ${queue.name} back to ${queue.source?.name}.`);
    if (values.message && sent === 0)
      throw new Error(
        `${values.message} was not found. In a FIFO queue a message comes after those before it in its group.`,
      );
  },
};

/** Where the queues are, said before anything is done; undefined for the local cloud. */
const placeOf = async () => {
  if (values.stage === undefined) return undefined;
  const place = readTarget({ stage: values.stage, region: values.region }, process.env);
  await announce(place);
  if (command === 'redrive') await consentTo({ verb: 'redrive in', stage: place.stage, yes: values.yes });
  return place;
};

try {
  const run = commands[command ?? ''];
  if (!run) throw new Error(usage);
  const place = await placeOf();
  const client = connect(place);
  await run(client, await findDeadLetterQueues(client, place?.stage ?? 'dev'));
  client.destroy();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
