import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disturbances, disturbDynamoDb } from './disturbedDynamoDb.ts';
import type { DisturbedWrite } from './disturbedWrites.ts';

type Writes = readonly (readonly [name: string, DisturbedWrite])[];

/**
 * Tests of writes whose answers from DynamoDB are lost, in every way (disturbedDynamoDb.ts). Called once in a file, with the
 * client that the service uses.
 */
export const lostAnswers = async (client: Parameters<typeof disturbDynamoDb>[0]) => {
  const dynamodb = await disturbDynamoDb(client);
  beforeAll(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0); // no waits between attempts
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await dynamodb.stop();
  });

  return {
    dynamodb,
    /** Disturbs each write after the first `undisturbed` requests that it makes of DynamoDB. */
    testWrites: (what: string, writes: Writes, undisturbed = 0): void => {
      describe.each(disturbances)(`${what} %s`, (_name, kinds) => {
        it.each(writes)('is reported as what happened, and done once: %s', async (_write, { write, seen }) => {
          expect(await write((work) => dynamodb.disturb(kinds, work, undisturbed))).toMatchObject(seen);
        });
      });
    },
  };
};
