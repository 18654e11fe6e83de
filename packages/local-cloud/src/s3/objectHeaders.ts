import type { Headers } from './receive.ts';
import { invalidArgument } from './s3Error.ts';

/** Headers of an upload that its downloads are answered with. */
const kept = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
]);
const isKept = (name: string) => kept.has(name) || name.startsWith('x-amz-meta-');

/** Visible characters, spaces and tabs, and bytes that are not ASCII: what a header field may hold. */
const fieldValue = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;
const fieldName = /^[\w!#$%&'*+.^`|~-]+$/;

const assertField = (name: string, value: string) => {
  if (fieldName.test(name) && fieldValue.test(value)) return;
  throw invalidArgument(name, value, 'This value cannot be sent in a header.');
};

const withoutTransferCoding = (encoding: string) =>
  encoding
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== 'aws-chunked')
    .join(', ');

/** What is kept with an object, from the headers (or the signed parameters) of its upload. */
export const objectHeaders = (headers: Headers): Record<string, string> => {
  const entries = Object.entries(headers)
    .filter(([name]) => isKept(name))
    .map(([name, value]): [string, string] => [
      name,
      name === 'content-encoding' ? withoutTransferCoding(value) : value,
    ])
    .filter(([, value]) => value !== '');
  for (const [name, value] of entries) assertField(name, value);
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(entries) };
};

/** The headers that `response-…` parameters put over an object's own. */
export const overrides = (query: ReadonlyMap<string, string>): Record<string, string> => {
  const given = [...query].flatMap(([parameter, value]): [string, string][] => {
    const [, name = ''] = /^response-(.+)$/.exec(parameter) ?? [];
    return kept.has(name) ? [[name, value]] : [];
  });
  for (const [name, value] of given) assertField(name, value);
  return Object.fromEntries(given);
};
