import { describe, expect, it } from '@jest/globals';
import { createMemo } from '../../generated/operations/createMemo.js';
import { getMemo } from '../../generated/operations/getMemo.js';
import { listMemos } from '../../generated/operations/listMemos.js';
import { updateMemo } from '../../generated/operations/updateMemo.js';

const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const memo = { title: 'Milk', content: '' };

describe('a generated validator', () => {
  it('puts ids into their canonical form', () => {
    const request = { params: { id: id.toUpperCase() } };

    expect(getMemo.validate.GET?.(request)).toBe(true);
    expect(request.params.id).toBe(id);
  });

  it('puts times into their canonical form', () => {
    const request = { body: { ...memo, expiresAt: '2999-01-01t01:00:00+01:00' } };

    expect(createMemo.validate.POST?.(request)).toBe(true);
    expect(request.body.expiresAt).toBe('2999-01-01T00:00:00.000Z');
  });

  it('fills in defaults', () => {
    const request = { query: {} };

    expect(listMemos.validate.GET?.(request)).toBe(true);
    expect(request.query).toEqual({ limit: 25 });
  });

  it('reports every violation at once', () => {
    const validate = createMemo.validate.POST;

    expect(validate?.({ body: { title: '', colour: 'red' } })).toBe(false);
    expect(validate?.errors?.map(({ keyword }) => keyword).toSorted()).toEqual([
      'additionalProperties',
      'minLength',
      'required',
    ]);
  });

  it.each(['2000-01-01T00:00:00Z', '2000-01-01t00:00:00z', '2000-01-01T00:00:00+14:00'])(
    'refuses the expiry %s, which is past',
    (expiresAt) => {
      const validate = createMemo.validate.POST;

      expect(validate?.({ body: { ...memo, expiresAt } })).toBe(false);
      expect(validate?.errors).toMatchObject([{ keyword: 'x-future', instancePath: '/body/expiresAt' }]);
    },
  );

  it('serves each method of its function by the schema of that method', () => {
    const remove = () => ({ params: { id }, body: { expiresAt: null } });

    expect(updateMemo.validate.PUT?.(remove())).toBe(false);
    expect(updateMemo.validate.PATCH?.(remove())).toBe(true);
  });
});
