import { openDataFolder } from '../dataFolder.ts';
import { type Dynamodb, startDynamodb } from '../engines/dynamodb.ts';
import { thisMachine } from '../engines/machine.ts';
import { host, isListening } from '../portCheck.ts';

/** The engine of the local cloud that is up, or one of this process's own, which ends with it. */
export const findOrStartDynamodb = async ({
  port,
  data,
}: {
  port: number;
  data: string;
}): Promise<Pick<Dynamodb, 'endpoint' | 'label'>> => {
  const machine = thisMachine(process.env);
  if (!machine.endpoint && (await isListening(port))) {
    return { endpoint: `http://${host}:${port}`, label: 'of the local cloud that is running' };
  }
  const folder = await openDataFolder(data, { fresh: false, port });
  process.once('exit', folder.release);
  const engine = await startDynamodb(machine, { port, folder: folder.database });
  void engine.ended.then((lines) => {
    process.stderr.write(`DynamoDB (${engine.label}) has died.\n${lines}\n`);
    process.exit(1);
  });
  return engine;
};
