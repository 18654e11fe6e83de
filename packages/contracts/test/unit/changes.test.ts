import { describe, expect, it } from '@jest/globals';
import { changesOf, mergePatchOf } from '../../src/changes.ts';
import { schema } from '../../src/schema.ts';

const input = schema({
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 1 },
    status: { enum: ['open', 'done'], type: 'string', default: 'open' },
    dueDate: { type: 'string', format: 'date-time' },
  },
  required: ['title'],
  additionalProperties: false,
});

describe('changesOf', () => {
  it('makes every field optional and asks for one at least', () => {
    const changes = changesOf(input);

    expect(changes.required).toBeUndefined();
    expect(changes).toMatchObject({ minProperties: 1, additionalProperties: false });
    expect(Object.keys(changes.properties as object)).toEqual(['title', 'status', 'dueDate']);
  });

  it('keeps what a field must be, but no default: a field that is not given stays as it is', () => {
    const changes = changesOf(input);

    expect(changes.properties).toEqual({
      title: { type: 'string', minLength: 1 },
      status: { enum: ['open', 'done'], type: 'string' },
      dueDate: { type: 'string', format: 'date-time' },
    });
  });

  it('lets only those fields be removed that are optional and have no default', () => {
    expect(changesOf(input)['x-removable']).toEqual(['dueDate']);
  });
});

describe('mergePatchOf', () => {
  it('allows null where it removes a field, and nowhere else', () => {
    const patch = mergePatchOf(changesOf(input));

    expect(patch.properties).toEqual({
      title: { type: 'string', minLength: 1 },
      status: { enum: ['open', 'done'], type: 'string' },
      dueDate: { type: ['string', 'null'], format: 'date-time' },
    });
    expect(patch).not.toHaveProperty('x-removable');
  });

  it('leaves the update itself as it was', () => {
    const changes = changesOf(input);

    mergePatchOf(changes);

    expect((changes.properties as Record<string, object>).dueDate).toEqual({ type: 'string', format: 'date-time' });
  });
});
