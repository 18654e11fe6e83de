import { parseSync } from '@swc/core';

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const testers = new Set(['describe', 'it', 'test']);
const idle = new Set(['skip', 'todo', 'failing']);

/** The names that a callee is made of: `it`, `each` of `it.each(rows)`. */
const namesOf = (callee: unknown): string[] => {
  if (!isNode(callee)) return [];
  if (callee.type === 'Identifier') return [String(callee['value'])];
  if (callee.type === 'MemberExpression') return [...namesOf(callee['object']), ...namesOf(callee['property'])];
  return callee.type === 'CallExpression' ? namesOf(callee['callee']) : [];
};

const textOf = (argument: unknown): string | undefined => {
  if (!isNode(argument)) return undefined;
  if (argument.type === 'StringLiteral') return String(argument['value']);
  if (argument.type !== 'TemplateLiteral') return undefined;
  const quasis = argument['quasis'] as readonly { readonly cooked: string }[];
  return quasis.map(({ cooked }) => cooked).join('${}');
};

/** Titles are compared with one kind of apostrophe. */
export const plain = (title: string) => title.replaceAll('’', "'");

const titleOf = (node: Node): string | undefined => {
  if (node.type !== 'CallExpression') return undefined;
  const [tester = '', ...others] = namesOf(node['callee']);
  const [first] = node['arguments'] as readonly { readonly expression: unknown }[];
  return testers.has(tester) && !others.some((name) => idle.has(name)) ? textOf(first?.expression) : undefined;
};

const under = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(under);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(under);
  return isNode(value) ? [value, ...inner] : inner;
};

/** The titles of a file's tests and groups, as its calls of `describe`, `it` and `test` have them; not of skipped ones. */
export const testTitles = (source: string): ReadonlySet<string> =>
  new Set(
    under(parseSync(source, { syntax: 'typescript' }))
      .map(titleOf)
      .filter((title) => title !== undefined)
      .map(plain),
  );
