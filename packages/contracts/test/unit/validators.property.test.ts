import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createAjv } from '../../generator/ajv.ts';
import { requestSchema } from '../../generator/operationModule.ts';
import { apis } from '../../src/apis.ts';
import type { CompiledOperation, ValidateFunction } from '../../src/compiledOperation.ts';
import type { Operation } from '../../src/operation.ts';

const operations = Object.values(apis).flat();

/** The function that serves an operation: PATCH shares PUT's. */
const functionOf = ({ method, path, operationId }: Operation) =>
  operations.find((other) => method === 'PATCH' && other.method === 'PUT' && other.path === path)?.operationId ??
  operationId;

const generatedOf = async (operation: Operation) => {
  const operationId = functionOf(operation);
  const module = (await import(`../../generated/operations/${operationId}.js`)) as Record<string, CompiledOperation>;
  return module[operationId]?.validate[operation.method] as ValidateFunction;
};

const verdictOf = (validate: ValidateFunction, request: unknown) => {
  const judged = structuredClone(request);
  const isValid = validate(judged);
  const errors = validate.errors?.map(({ instancePath, keyword, params }) => ({ instancePath, keyword, params }));
  return { isValid, judged, errors: errors ?? [] };
};

const values = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.uuid(),
  fc.constantFrom('2999-01-01t00:00:00z', '2000-01-01T00:00:00Z', 'pending', 'low', '', null, true),
  fc.integer({ min: -10, max: 200 }),
  fc.array(fc.string({ maxLength: 60 }), { maxLength: 25 }),
);

/** Fields of the schema with any values, and some that it does not know. */
const partOf = (schema: Operation['request']['body']) =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.dictionary(fc.constantFrom(...Object.keys(schema?.properties ?? { a: 1 }), 'other'), values),
    },
    { weight: 1, arbitrary: values },
  );

const requestsOf = ({ request: { params, query, body } }: Operation) =>
  fc.record({ params: partOf(params), query: partOf(query), body: partOf(body) }, { requiredKeys: [] });

describe.each(operations.map((operation) => [operation.operationId, operation] as const))(
  'the validator of %s',
  (_operationId, operation) => {
    it('says what Ajv says of any request, and leaves it the same', async () => {
      const generated = await generatedOf(operation);
      const reference = createAjv().compile(requestSchema(operation)) as ValidateFunction;

      fc.assert(
        fc.property(requestsOf(operation), (request) => {
          expect(verdictOf(generated, request)).toEqual(verdictOf(reference, request));
        }),
      );
    });
  },
);
