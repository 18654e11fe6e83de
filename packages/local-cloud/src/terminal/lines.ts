import { type Paint, statusStyle } from '@app/command-line/colour';
import type { Attributes, Span } from '../recorder/span.ts';

const width = { service: 8, what: 44 };

const timeOf = (milliseconds: number) => {
  const date = new Date(milliseconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction}`;
};

interface Row {
  readonly time: number;
  readonly service: string;
  /** What happened: a method and a path, a function and its queue. */
  readonly what: string;
  readonly status: string;
  readonly isGood: boolean;
  readonly code: number;
  readonly duration: number;
  readonly id: string;
}

const textOf = (value: Attributes[string]) => (value === undefined ? '' : [value].flat().join(' '));

const request = ({ name, attributes }: Span) => {
  const query = textOf(attributes['url.query']);
  const path = attributes['url.path'];
  const what = path === undefined ? name : `${textOf(attributes['http.request.method'])} ${textOf(path)}`;
  return query === '' ? what : `${what}?${query}`;
};

const resultOf = ({ status, attributes }: Span) =>
  status === 'error' ? textOf(attributes['error.type'] ?? 'error') : 'ok';

/** What a span is as a line; undefined for what has none: a call, an invocation behind a request. */
const rowOf = (span: Span): Row | undefined => {
  const { attributes, service, start, duration, status } = span;
  const code = Number(attributes['http.response.status_code'] ?? 0);
  const row = { time: start + duration, service, duration, isGood: status !== 'error', code };
  const requestId = textOf(attributes['local.request_id']);
  if (attributes['faas.invocation_id'] !== undefined) {
    if (attributes['faas.trigger'] === 'http') return undefined;
    const [, key = span.name] = span.name.split(':');
    const what = `${key} < ${textOf(attributes['local.source'] ?? attributes['faas.trigger'])}`;
    return {
      ...row,
      what,
      status: resultOf(span),
      code: row.isGood ? 200 : 500,
      id: textOf(attributes['faas.invocation_id']),
    };
  }
  if (attributes['rpc.service'] === 'ApiGatewayManagementApi' && attributes['rpc.method'] === 'PostToConnection')
    return { ...row, what: `> socket ${textOf(attributes['local.connection_id'])}`, status: String(code), id: '' };
  if (attributes['rpc.system'] !== undefined) return undefined;
  return { ...row, what: request(span), status: String(code), id: requestId };
};

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text.padEnd(most));

/** A span as one short line: time, service, what, status, milliseconds, request id. */
export const lineOf = (span: Span, paint: Paint): string | undefined => {
  const row = rowOf(span);
  if (!row) return undefined;
  const milliseconds = row.duration < 10 ? row.duration.toFixed(1) : row.duration.toFixed(0);
  return [
    paint('dim', timeOf(row.time)),
    paint('cyan', row.service.padEnd(width.service)),
    cut(row.what, width.what),
    paint(statusStyle(row.code), row.status.padStart(3)),
    `${milliseconds.padStart(6)} ms`,
    paint('dim', row.id),
  ]
    .join('  ')
    .trimEnd();
};

/** What is set in front of what a function printed. */
export const markOf = (service: string, key: string, paint: Paint): string => paint('dim', `${service}:${key} |`);
