import { _, Ajv, type CodeKeywordDefinition, type KeywordCxt, Name } from 'ajv';
import * as formats from '../src/formats.ts';

/** Which parser of formats.ts stands behind a `format`; another format is an error of the contract. */
const parsers: Readonly<Record<string, keyof typeof formats | undefined>> = {
  'date-time': 'dateTime',
  email: 'email',
  'media-type': 'mediaType',
  uuid: 'uuid',
};

/** A function of formats.ts, called by its name: the generated module imports it (validatorModule.ts). */
const imported = ({ gen }: KeywordCxt, name: keyof typeof formats) =>
  gen.scopeValue('func', { ref: formats[name], code: new Name(name) });

/** Ajv's own `format` only judges; ours also writes the canonical form back. */
const format: CodeKeywordDefinition = {
  keyword: 'format',
  type: 'string',
  schemaType: 'string',
  error: { message: '', params: ({ schema }) => _`{ format: ${schema} }` },
  code(cxt) {
    const { gen, data, it } = cxt;
    const parser = parsers[String(cxt.schema)];
    if (!parser) throw new Error(`Unknown format: ${String(cxt.schema)}`);
    const canonical = gen.const('canonical', _`${imported(cxt, parser)}(${data})`);
    cxt.fail(_`${canonical} === undefined`);
    gen.if(_`${canonical} !== undefined`, () => gen.assign(_`${it.parentData}[${it.parentDataProperty}]`, canonical));
  },
};

const future: CodeKeywordDefinition = {
  keyword: 'x-future',
  type: 'string',
  schemaType: 'boolean',
  error: { message: '' },
  code(cxt) {
    cxt.fail(_`!${imported(cxt, 'isFuture')}(${cxt.data})`);
  },
};

/** `'x-ordered': ['from', 'to']`: of two times that are both given, the first is not the later one. */
const ordered: CodeKeywordDefinition = {
  keyword: 'x-ordered',
  type: 'object',
  schemaType: 'array',
  error: { message: '', params: ({ schema: [from, to] }) => _`{ property: ${from}, limit: ${to} }` },
  code(cxt) {
    const [from, to] = (cxt.schema as string[]).map((name) => _`${cxt.data}[${name}]`);
    cxt.fail(_`!${imported(cxt, 'isOrdered')}(${from}, ${to})`);
  },
};

/** Ajv as every validator is compiled: all violations at once, defaults filled in, code points counted, no surprises. */
export const createAjv = () => {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    messages: false, // the pipeline words violations by keyword (middleware's violations.ts)
    strict: true,
    strictRequired: true,
    allowUnionTypes: true,
    discriminator: true,
    meta: false, // the meta-schema has formats that ours does not know; `assertSchema` judges by Ajv's own
    validateSchema: false,
    code: { source: true, esm: true },
  });
  ajv.removeKeyword('format');
  ajv.addVocabulary(['x-removable']);
  ajv.addKeyword(format);
  ajv.addKeyword(future);
  ajv.addKeyword(ordered);
  return ajv;
};

/** Throws when a contract's schema is no JSON Schema. */
export const assertSchema = (schema: object) => void new Ajv({ strict: false }).validateSchema(schema, true);
