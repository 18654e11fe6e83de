import { createNote, getNote, listNotes, type Note } from '@app/contracts';
import { validateCreateNote } from '@app/contracts/validators/createNote';
import { validateGetNote } from '@app/contracts/validators/getNote';
import { validateListNotes } from '@app/contracts/validators/listNotes';
import { created, noContent, ok, page } from '@app/http';
import { describe, expect, it } from '@jest/globals';
import { createHttpHandler } from '../../src/index.ts';

declare const note: Note;

/** Each is a handler factory that is never called: what matters is what the compiler says of it (`pnpm check:types`). */
const compiles = {
  documented: () => createHttpHandler({ operation: getNote, validate: validateGetNote, handle: async () => ok(note) }),

  aStatusThatIsNotDocumented: () =>
    // @ts-expect-error: getNote has no 204
    createHttpHandler({ operation: getNote, validate: validateGetNote, handle: async () => noContent() }),

  anotherStatusWithTheRightBody: () =>
    createHttpHandler({
      operation: getNote,
      validate: validateGetNote,
      // @ts-expect-error: getNote has no 201
      handle: async () => created({ resource: note, replayed: false }),
    }),

  aBodyThatIsNotDocumented: () =>
    // @ts-expect-error: a note has more than an id
    createHttpHandler({ operation: getNote, validate: validateGetNote, handle: async () => ok({ id: '1' }) }),

  aFieldOfAnotherType: () =>
    // @ts-expect-error: a title is a string
    createHttpHandler({ operation: getNote, validate: validateGetNote, handle: async () => ok({ ...note, title: 7 }) }),

  aPageUnderAnotherName: () =>
    createHttpHandler({
      operation: listNotes,
      validate: validateListNotes,
      // @ts-expect-error: the page's member is named notes
      handle: async () => page('things', { items: [note] }),
    }),

  theValidatorOfAnotherOperation: () =>
    // @ts-expect-error: a validator goes with its own operation
    createHttpHandler({ operation: getNote, validate: validateCreateNote, handle: async () => ok(note) }),

  aParameterThatIsNotDocumented: () =>
    createHttpHandler({
      operation: getNote,
      validate: validateGetNote,
      // @ts-expect-error: the path has an id and nothing else
      handle: async ({ params: { name } }) => ok({ ...note, title: name }),
    }),

  aFieldThatIsNotInTheBody: () =>
    createHttpHandler({
      operation: createNote,
      validate: validateCreateNote,
      // @ts-expect-error: a note's input has no colour
      handle: async ({ body: { colour } }) => created({ resource: { ...note, title: colour }, replayed: false }),
    }),

  aHeaderThatIsNotUsed: () =>
    createHttpHandler({
      operation: createNote,
      validate: validateCreateNote,
      // @ts-expect-error: createNote does not name If-Match
      handle: async ({ ifMatch }) => created({ resource: note, replayed: ifMatch === undefined }),
    }),

  noAnswerAtAll: () =>
    // @ts-expect-error: something must be answered
    createHttpHandler({ operation: getNote, validate: validateGetNote, handle: async () => {} }),
};

describe('createHttpHandler', () => {
  it('takes what an operation documents and refuses the rest when it is compiled', () => {
    expect(Object.keys(compiles)).toHaveLength(11);
  });
});
