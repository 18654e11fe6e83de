import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createAjv } from '../../generator/ajv.ts';
import { messageModule } from '../../generator/messageModule.ts';
import { sampleMessages } from '../../samples/index.ts';
import { allMessages } from '../../src/allMessages.ts';
import type { CompiledMessage } from '../../src/compiledMessage.ts';
import type { ValidateFunction } from '../../src/compiledOperation.ts';
import type { Message } from '../../src/message.ts';
import { constant, objectOf, oneOf, schema } from '../../src/schema.ts';

const messages = [allMessages, sampleMessages].flatMap((all) => Object.values(all).flat());

const generatedOf = async ({ name }: Message) =>
  ((await import(`../../generated/messages/${name}.js`)) as Record<string, CompiledMessage>)[name];

const verdictOf = (validate: ValidateFunction | undefined, body: unknown) => {
  const judged = structuredClone({ body });
  const isValid = validate?.(judged);
  const places = validate?.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  return { isValid, judged, places: places ?? [] };
};

/** Names and constants that occur in a schema, wherever they do. */
const wordsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => [name].concat(wordsIn(member)))
    : [value].filter((each) => typeof each === 'string');

const values = fc.oneof(
  fc.string({ maxLength: 10 }),
  fc.uuid(),
  fc.constantFrom('2026-01-01t00:00:00z', '', null, 7, {}, { name: 'Bolt' }, [{ version: 1, createdAt: '' }], ['a']),
);

const bodiesOf = ({ body }: Message) => {
  const words = fc.constantFrom(...new Set(wordsIn(body)));
  const members = fc.dictionary(words, fc.oneof(values, words), { maxKeys: 8 });
  const asked = fc.record({ requestId: fc.uuid(), itemId: fc.uuid(), owner: fc.string(), operation: words });
  return fc.oneof(
    values,
    members,
    fc.tuple(asked, members).map(([first, more]) => Object.assign({}, first, more)),
  );
};

describe('the messages of all services', () => {
  it('have each a name of their own', () => {
    const names = messages.map(({ name }) => name);

    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(messages.map((message) => [message.name, message] as const))('the validator of %s', (_name, message) => {
  it('says what Ajv says of any body, and leaves it the same', async () => {
    const generated = await generatedOf(message);
    const reference = createAjv().compile({
      type: 'object',
      properties: { body: message.body },
      required: ['body'],
    }) as ValidateFunction;

    fc.assert(
      fc.property(bodiesOf(message), (body) => {
        expect(verdictOf(generated?.validate, body)).toEqual(verdictOf(reference, body));
      }),
    );
  });

  it('reports nothing of what a message says', async () => {
    const generated = await generatedOf(message);

    generated?.validate({ body: { operation: 'secret', action: 'secret', requestId: 'secret' } });

    expect(JSON.stringify(generated?.validate.errors ?? [])).not.toContain('secret');
  });
});

describe('messageModule', () => {
  const text = schema({ type: 'string' });

  it.each([
    ['a schema that is none', { type: 'numbr' }, 'schema is invalid'],
    ['branches that nothing tells apart', oneOf('kind', objectOf({ text }, ['text'])), 'discriminator'],
  ])('refuses a message with %s', async (_case, body, message) => {
    await expect(messageModule({ name: 'm', summary: '', body }, '', import.meta.dirname)).rejects.toThrow(message);
  });

  it('takes branches that a constant tells apart', async () => {
    const body = oneOf(
      'kind',
      objectOf({ kind: constant('a') }, ['kind']),
      objectOf({ kind: constant('b') }, ['kind']),
    );

    const { code, declaration } = await messageModule({ name: 'm', summary: '', body }, './m.ts', import.meta.dirname);

    expect(code).toContain('var m = { name: "m"');
    expect(declaration).toContain('m: CompiledMessage<typeof contract>');
  });
});
