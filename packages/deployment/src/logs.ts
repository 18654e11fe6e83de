/** `pnpm run logs`: what the functions of a deployed service have written, of several at once. */
import { print, runCommand, warn } from '@app/command-line/command';
import { screenOf } from '@app/command-line/screen';
import { announce } from './account.ts';
import { withAwsFailures } from './aws/awsFailure.ts';
import { connect } from './aws/connect.ts';
import { logsUsage, readLogsArguments } from './logs/arguments.ts';
import { followLogs } from './logs/follow.ts';
import { readGroups } from './logs/logGroups.ts';
import { type LogEvent, readLogs } from './logs/readLogs.ts';
import { isNoise, renderEvent } from './logs/renderEvent.ts';

const { paint } = screenOf(process.stdout, process.env);

await runCommand({
  usage: logsUsage,
  run: async (args) => {
    const { stage, region, service, functions, since, pattern, isFollowing, isAll, isJson } = readLogsArguments(
      args,
      process.env,
    );
    await announce({ stage, region });
    const aws = connect(region);
    await withAwsFailures(region, async () => {
      const groups = await readGroups(aws, { service: service.name, stage, functions });
      const width = Math.max(0, ...groups.map((group) => group.function.length));
      const show = (event: LogEvent) => print(isJson ? JSON.stringify(event) : renderEvent(event, { paint, width }));
      const read = async (startTime: number) =>
        (await readLogs(aws.logs, groups, { startTime, pattern })).filter((event) => isAll || !isNoise(event));
      if (!isFollowing) {
        const events = await read(since);
        for (const event of events) show(event);
        if (events.length === 0)
          warn(`Nothing since ${new Date(since).toISOString()}: --since 2h reaches further back.`);
        return;
      }
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      for await (const event of followLogs({ read, since, signal: stop.signal })) show(event);
    });
  },
});
