import { coloured, plain } from '@app/command-line/colour';
import { describe, expect, it } from '@jest/globals';
import { renderLogLine } from '../../../src/inspect/traces/logLine.ts';

const line = (members: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    level: 'INFO',
    message: 'request',
    timestamp: 'now',
    requestId: 'r',
    xray_trace_id: 'x',
    ...members,
  });
const render = (text: string, room?: number) =>
  renderLogLine(text, { paint: plain, ...(room !== undefined && { room }) });

describe('a line of the log', () => {
  it('is its level, its message and the members that not every line has', () => {
    expect(render(line({ route: '/items', status: 202, used: { read: 1 }, subject: 'a b' }))).toEqual([
      'INFO request route=/items status=202 used={"read":1} subject="a b"',
    ]);
  });

  it('has only the members for which there is room', () => {
    const text = line({ route: '/items', status: 202 });

    expect(render(text, 'INFO request route=/items status=202'.length)).toEqual([
      'INFO request route=/items status=202',
    ]);
    expect(render(text, 'INFO request route=/items status=20'.length)).toEqual(['INFO request route=/items …']);
  });

  it('has long values cut', () => {
    const [text = ''] = render(line({ body: 'x'.repeat(500) }));

    expect(text).toMatch(/ body=x{80}…$/);
  });

  it('has the stack of its error, and of what caused that, below it', () => {
    const cause = { name: 'RangeError', message: 'none', stack: 'RangeError: none\n    at b' };
    const error = { name: 'Error', message: 'no order', stack: 'Error: no order\n    at a', cause };

    expect(render(line({ level: 'ERROR', error }))).toEqual([
      'ERROR request',
      'Error: no order',
      '    at a',
      'caused by RangeError: none',
      '    at b',
    ]);
  });

  it.each(['plain text', '{"level":"INFO"}', '{"level":', '[1]', ''])(
    'stays as it is where it is no log line: %s',
    (text) => {
      expect(render(text, 3)).toEqual([text]);
    },
  );

  it('has the level of an error in red', () => {
    const [error = ''] = renderLogLine(line({ level: 'ERROR' }), { paint: coloured });

    expect(error).toContain('\u001B[31mERROR\u001B[39m request');
  });
});
