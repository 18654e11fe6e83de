import { plain } from '@app/command-line/colour';
import { describe, expect, it } from '@jest/globals';
import { followLogs } from '../../src/logs/follow.ts';
import { chooseGroups } from '../../src/logs/logGroups.ts';
import { isNoise, renderEvent } from '../../src/logs/renderEvent.ts';

const event = (message: string, { id = '1', timestamp = Date.parse('2026-03-01T10:00:00.000Z') } = {}) => ({
  id,
  function: 'getNote',
  timestamp,
  message,
});
const rendered = (message: string) => renderEvent(event(message), { paint: plain, width: 9 });

describe('a log line', () => {
  it('shows time, function, level, request and message of what a function logs', () => {
    const line = rendered(
      '{"level":"INFO","message":"request","timestamp":"2026-03-01T10:00:00Z","service":"notes-dev","requestId":"r-1","status":404,"detail":"no such note"}',
    );

    expect(line).toBe('2026-03-01T10:00:00.000Z getNote   INFO  r-1 request status=404 detail="no such note"');
  });

  it('has the stack of its error below', () => {
    const line = rendered(
      '{"level":"ERROR","message":"failed","error":{"name":"E","message":"m","stack":"E: m\\n at f"}}',
    );

    expect(line).toContain('ERROR failed\n    E: m\n     at f');
  });

  it('shows the invocation of Lambda’s own lines', () => {
    const line = rendered('REPORT RequestId: 0b7e-1\tDuration: 3.1 ms\tStatus: timeout');

    expect(line).toContain('0b7e-1 REPORT RequestId: 0b7e-1 Duration: 3.1 ms Status: timeout');
  });

  it('is shown as it is where it is no JSON, or other JSON', () => {
    expect(rendered('{"a":')).toContain('{"a":');
    expect(rendered('{"a":1}')).toContain('{"a":1}');
  });

  it('moves no cursor of the terminal', () => {
    expect(rendered('\u001b[2Jgone')).not.toContain('\u001b');
  });

  it.each([
    ['START RequestId: 1 Version: 7', true],
    ['END RequestId: 1', true],
    ['{"_aws":{"Timestamp":1}}', true],
    ['REPORT RequestId: 1', false],
    ['{"level":"INFO","message":"START RequestId: 1"}', false],
  ])('is left out unless all are asked for: %s %s', (message, isLeftOut) => {
    expect(isNoise(event(message))).toBe(isLeftOut);
  });
});

describe('--function', () => {
  const deployed = ['notes-dev-getNote', 'notes-dev-listNotes'];

  it('takes functions by their short names, all without any', () => {
    expect(chooseGroups(deployed, ['listNotes'], 'notes-dev')).toEqual([
      { name: '/aws/lambda/notes-dev-listNotes', function: 'listNotes' },
    ]);
    expect(chooseGroups(deployed, [], 'notes-dev')).toHaveLength(2);
  });

  it('names those there are when one is unknown', () => {
    expect(() => chooseGroups(deployed, ['getNotes'], 'notes-dev')).toThrow(
      'there is no getNotes. There are getNote, listNotes.',
    );
  });
});

describe('--follow', () => {
  it('shows each line once, a late one too, and ends when it is stopped', async () => {
    const stop = new AbortController();
    const first = event('a', { id: 'a', timestamp: 100_000 });
    const late = event('late', { id: 'late', timestamp: 99_000 });
    const starts: number[] = [];
    const read = (startTime: number) => {
      starts.push(startTime);
      if (starts.length === 3) stop.abort();
      return Promise.resolve(starts.length === 1 ? [first] : [late, first]);
    };

    const shown: string[] = [];
    for await (const { id } of followLogs({ read, since: 95_000, signal: stop.signal, pauseMs: 1 })) shown.push(id);

    expect(shown).toEqual(['a', 'late']);
    expect(starts).toEqual([95_000, 95_000, 95_000]); // ten seconds before the newest, but not before the beginning
  });
});
