import { defineOperation, schema } from '@app/contracts';
import { httpApiEvent } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { paging } from '../../src/http/paging.ts';

const jobList = schema({
  type: 'object',
  properties: { limit: { type: 'integer' }, cursor: { type: 'string' } },
  required: ['limit'],
  additionalProperties: false,
});
const listJobs = defineOperation({
  operationId: 'listJobs',
  method: 'GET',
  path: '/jobs',
  summary: 'List jobs',
  request: { query: jobList },
  responses: {},
});

const filters = { status: 'pending', createdFrom: '2026-01-01T00:00:00.000Z' };
const pageOf = (query: object) => paging(httpApiEvent({ path: '/jobs' }), listJobs, 'alice', { limit: 1, ...query });

const cursorOf = (query: object) => {
  const response = pageOf(query).withNext({ statusCode: 200, body: {}, lastKey: ['2026-02-01', '1'] });
  return (response.body as { nextCursor: string }).nextCursor;
};

describe('a page of a list with filters', () => {
  it('leads on from a cursor, in whatever order the filters are given', () => {
    const { status, createdFrom } = filters;

    const { page } = pageOf({ createdFrom, status, cursor: cursorOf({ status, createdFrom }) });

    expect(page.after).toEqual(['2026-02-01', '1']);
  });

  it('refuses the cursor of other filters', () => {
    expect(() => pageOf({ status: 'completed', cursor: cursorOf(filters) })).toThrow('does not match its contract');
  });
});
