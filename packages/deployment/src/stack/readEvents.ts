import { type CloudFormationClient, DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import { isMissing } from './readStack.ts';

const mostPages = 40; // of a hundred: a deployment of ours has some four hundred events

/** The events of a stack after the one with the id, the oldest first; all that there are without an id. */
export const readEvents = async (
  client: CloudFormationClient,
  nameOrId: string,
  after?: string,
): Promise<StackEvent[]> => {
  const events: StackEvent[] = [];
  let NextToken: string | undefined;
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await client.send(new DescribeStackEventsCommand({ StackName: nameOrId, NextToken }));
      const { StackEvents = [] } = answer; // the newest first
      const known = StackEvents.findIndex(({ EventId }) => EventId === after);
      events.push(...(known === -1 ? StackEvents : StackEvents.slice(0, known)));
      NextToken = answer.NextToken;
      if (known !== -1 || NextToken === undefined) break;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return events.toReversed();
};

/** The id of a stack's newest event: what comes after it is of what is done next. Undefined when there is no stack. */
export const newestEvent = async (client: CloudFormationClient, StackName: string): Promise<string | undefined> => {
  try {
    const { StackEvents: [newest] = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return newest?.EventId;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};
