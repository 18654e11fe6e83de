import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import type { LocalCloud } from '../../src/index.ts';
import { cloudsForEach } from './support/clouds.ts';
import { connect } from './support/connect.ts';

const own = cloudsForEach();
const { start } = own;

const rowsOf = async ({ endpoints }: LocalCloud) =>
  (await connect(endpoints.dynamodb).send(new ScanCommand({ TableName: 'alpha-dev' }))).Items ?? [];

const find = async ({ endpoints }: LocalCloud, index: string, attribute: string, value: string) => {
  const { Items = [] } = await connect(endpoints.dynamodb).send(
    new QueryCommand({
      TableName: 'alpha-dev',
      IndexName: index,
      KeyConditionExpression: '#a = :v',
      ExpressionAttributeNames: { '#a': attribute },
      ExpressionAttributeValues: { ':v': value },
    }),
  );
  return Items.map(({ id }) => id as string);
};

const service = (file: string) => join(own.workspace.root, 'services/alpha', file);

/** The indexes that the service has from now on; their keys are single attributes. */
const declare = async (indexes: Readonly<Record<string, string>>) => {
  const path = service('serverless.yml');
  const text = await readFile(path, 'utf8');
  const attributes = ['id', ...new Set(Object.values(indexes))].map(
    (name) => `{ AttributeName: ${name}, AttributeType: S }`,
  );
  const listed = Object.entries(indexes).map(
    ([name, key]) =>
      `{ IndexName: ${name}, KeySchema: [{ AttributeName: ${key}, KeyType: HASH }], Projection: { ProjectionType: ALL } }`,
  );
  await writeFile(
    path,
    text
      .replace(/AttributeDefinitions: .*/, `AttributeDefinitions: [${attributes.join(', ')}]`)
      .replace(/GlobalSecondaryIndexes:[^]*$/, `GlobalSecondaryIndexes: [${listed.join(', ')}]\n`),
  );
};

describe('a table that is there', () => {
  it('gets the indexes that it lacks, filled, and loses those that are gone; its rows stay', async () => {
    const first = await start();
    const client = connect(first.endpoints.dynamodb);
    await client.send(new PutCommand({ TableName: 'alpha-dev', Item: { id: 'mine', title: 'Mine', place: 'Bern' } }));
    const before = await rowsOf(first);
    await first.stop();
    await declare({ 'title-index': 'title', 'place-index': 'place' });

    const second = await start();

    expect(await find(second, 'title-index', 'title', 'First')).toEqual(['seed-1']);
    expect(await find(second, 'title-index', 'title', 'Mine')).toEqual(['mine']);
    expect(await find(second, 'place-index', 'place', 'Bern')).toEqual(['mine']);
    await expect(find(second, 'owner-index', 'owner', 'a')).rejects.toThrow('index');
    expect(await rowsOf(second)).toEqual(before);
    expect(second.output()).toMatch(/alpha-dev has the new index title-index now\./);
    expect(second.output()).toMatch(/alpha-dev has no index owner-index any more\./);
  });

  it('has the attributes that a new index is keyed by derived for the rows that lack them', async () => {
    const first = await start();
    await first.stop();
    await declare({ 'owner-index': 'owner', 'shout-index': 'shouted' });
    await writeFile(
      service('src/tables.ts'),
      `export const alphaTable = {
        key: 'id',
        indexes: {},
        derived: { shouted: { from: ['title'], value: ({ title }: { title: string }) => title.toUpperCase() } },
      };\n`,
    );
    const text = await readFile(service('serverless.yml'), 'utf8');
    await writeFile(service('serverless.yml'), text.replace('custom:\n', 'custom:\n  tables: { alpha: alpha-dev }\n'));

    const second = await start();

    expect(await find(second, 'shout-index', 'shouted', 'FIRST')).toEqual(['seed-1']);
    expect(await rowsOf(second)).toHaveLength(2);
  });

  it('stays as it is where an index has changed under its old name, and says what to do', async () => {
    const first = await start();
    await first.stop();
    await declare({ 'owner-index': 'title' });

    const second = await start();

    expect(second.output()).toMatch(
      /alpha-dev has owner-index with another key or projection\. DynamoDB changes no index: give the new one another name/,
    );
    expect(await rowsOf(second)).toHaveLength(2);
    expect(await find(second, 'owner-index', 'owner', 'a')).toEqual([]); // it is there, with its old key
  });
});
