import { type Paint, statusStyle } from '@app/command-line/colour';
import { printable } from '@app/command-line/screen';
import type { Attributes, Span } from '@app/local-cloud/src/recorder/span.ts';

const textOf = (value: Attributes[string]) => (value === undefined ? '' : [value].flat().join(', '));

/** What a span is about: tables, a queue, a bucket and a key, a parameter, a connection, where a message came from. */
const resourceOf = ({ attributes }: Span) => {
  const { 'aws.s3.bucket': bucket, 'aws.s3.key': key } = attributes;
  const source = attributes['faas.trigger'] === 'http' ? undefined : attributes['local.source'];
  const names = [
    attributes['aws.dynamodb.table_names'] ?? attributes['db.collection.name'],
    attributes['messaging.destination.name'],
    key === undefined ? bucket : `${textOf(bucket)}/${textOf(key)}`,
    attributes['local.parameter'],
    attributes['local.connection_id'],
    source && `from ${textOf(source)}`,
  ];
  return names.map(textOf).filter(Boolean).join(' ');
};

const capacityOf = ({ attributes }: Span) => {
  const units = attributes['aws.dynamodb.consumed_capacity'];
  if (typeof units !== 'number') return '';
  return `${units} capacity unit${units === 1 ? '' : 's'}`;
};

const attemptOf = ({ attributes }: Span) => {
  const resent = Number(attributes['http.request.resend_count'] ?? 0);
  const most = attributes['local.attempts_at_most'];
  if (resent === 0) return '';
  return `attempt ${resent + 1}${most === undefined ? '' : ` of ${textOf(most)}`}`;
};

const statusOf = ({ attributes, status }: Span, paint: Paint) => {
  const code = attributes['http.response.status_code'];
  const isBad = status === 'error';
  if (typeof code !== 'number') return isBad ? paint('red', 'error') : '';
  return paint(isBad && code < 500 ? 'red' : statusStyle(code), String(code));
};

/** The error's name, and what it says where that is more. */
const errorOf = ({ attributes, status, statusMessage = '' }: Span, paint: Paint) => {
  if (status !== 'error') return '';
  const name = textOf(attributes['error.type']);
  const isStatus = name === textOf(attributes['http.response.status_code']);
  const said = [isStatus ? '' : name, statusMessage === name ? '' : statusMessage].filter(Boolean).join(': ');
  return said === '' ? '' : paint('red', printable(said));
};

/** What is said of a span behind its name, as far as there is something to say. */
export const detailsOf = (span: Span, paint: Paint): string[] =>
  [
    statusOf(span, paint),
    errorOf(span, paint),
    printable(resourceOf(span)),
    capacityOf(span),
    attemptOf(span),
    span.attributes['faas.coldstart'] === true ? paint('cyan', 'cold start') : '',
  ].filter(Boolean);
