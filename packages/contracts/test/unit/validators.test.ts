import { describe, expect, it } from '@jest/globals';
import { validateCreateNote } from '../../generated/createNote.js';
import { validateGetNote } from '../../generated/getNote.js';
import { validateListNotes } from '../../generated/listNotes.js';
import { validateUpdateNote } from '../../generated/updateNote.js';

const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const note = { title: 'Milk', content: '' };

describe('a generated validator', () => {
  it('puts ids into their canonical form', () => {
    const request = { params: { id: id.toUpperCase() } };

    expect(validateGetNote.validate.GET?.(request)).toBe(true);
    expect(request.params.id).toBe(id);
  });

  it('puts times into their canonical form', () => {
    const request = { body: { ...note, expiresAt: '2999-01-01t01:00:00+01:00' } };

    expect(validateCreateNote.validate.POST?.(request)).toBe(true);
    expect(request.body.expiresAt).toBe('2999-01-01T00:00:00.000Z');
  });

  it('fills in defaults', () => {
    const request = { query: {} };

    expect(validateListNotes.validate.GET?.(request)).toBe(true);
    expect(request.query).toEqual({ limit: 25 });
  });

  it('reports every violation at once', () => {
    const validate = validateCreateNote.validate.POST;

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
      const validate = validateCreateNote.validate.POST;

      expect(validate?.({ body: { ...note, expiresAt } })).toBe(false);
      expect(validate?.errors).toMatchObject([{ keyword: 'x-future', instancePath: '/body/expiresAt' }]);
    },
  );

  it('serves each method of its function by the schema of that method', () => {
    const remove = () => ({ params: { id }, body: { expiresAt: null } });

    expect(validateUpdateNote.validate.PUT?.(remove())).toBe(false);
    expect(validateUpdateNote.validate.PATCH?.(remove())).toBe(true);
  });
});
