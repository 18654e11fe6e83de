import { UsageFailure } from '@app/command-line/failure';
import { filterNames } from '@app/local-cloud/src/inspection/filters.ts';
import { describe, expect, it } from '@jest/globals';
import { readArguments as readFaults } from '../../../src/inspect/faults/arguments.ts';
import { gatewayOf } from '../../../src/inspect/gateway.ts';
import { filterOptions, readArguments as readTraces } from '../../../src/inspect/traces/arguments.ts';

const gateway = 'http://127.0.0.1:3000';
const traces = (line: string) => readTraces(line.split(' ').filter(Boolean), {});
const faults = (line: string) => readFaults(line.split(' ').filter(Boolean), {});

describe('pnpm traces', () => {
  it('has an option for each filter of the API', () => {
    expect(Object.values(filterOptions)).toEqual(filterNames);
  });

  it('asks for the traces that the options let through', () => {
    expect(traces('')).toEqual({ action: 'list', gateway, isJson: false, query: '' });
    expect(traces('--service items --min-duration 20 --text a&b --json')).toEqual({
      action: 'list',
      gateway,
      isJson: true,
      query: '?service=items&minDuration=20&text=a%26b',
    });
    expect(traces('--follow --status error')).toMatchObject({ action: 'follow', query: '?status=error' });
    expect(traces('show some-id')).toEqual({ action: 'show', gateway, isJson: false, id: 'some-id' });
  });

  it.each([
    'show',
    'show a b',
    'show a --status 500',
    'show a --follow',
    'list',
    '--unknown',
    '--service',
    '--follow --limit 3',
  ])('does not know %j', (line) => {
    expect(() => traces(line)).toThrow(UsageFailure);
  });
});

describe('pnpm faults', () => {
  it('asks for a fault with its numbers as numbers', () => {
    const line = 'add end --function items:writer --moment between --calls 2 --share 0.5 --count 3';

    expect(faults(line)).toEqual({
      action: 'add',
      gateway,
      fault: { effect: 'end', function: 'items:writer', moment: 'between', calls: 2, share: 0.5, count: 3 },
    });
    expect(faults('add lose')).toEqual({ action: 'add', gateway, fault: { effect: 'lose' } });
  });

  it('lists without a word, removes and clears', () => {
    expect(faults('')).toEqual({ action: 'list', gateway });
    expect(faults('clear')).toEqual({ action: 'clear', gateway });
    expect(faults('remove fault-1')).toEqual({ action: 'remove', gateway, id: 'fault-1' });
  });

  it.each([
    'add',
    'add lose more',
    'add lose --share half',
    'remove',
    'clear fault-1',
    'list --count 3',
    'remove fault-1 --count 3',
    'wreck',
  ])('does not know %j', (line) => {
    expect(() => faults(line)).toThrow(UsageFailure);
  });
});

describe('the gateway', () => {
  it('is the one that is named, else that of LOCAL_PORT_BASE, else the default', () => {
    expect(gatewayOf('http://[::1]:4000/', { LOCAL_PORT_BASE: '5000' })).toBe('http://[::1]:4000');
    expect(gatewayOf(undefined, { LOCAL_PORT_BASE: '5000' })).toBe('http://127.0.0.1:5000');
    expect(gatewayOf(undefined, { LOCAL_PORT_BASE: '' })).toBe(gateway);
    expect(gatewayOf(undefined, {})).toBe(gateway);
  });

  it.each(['localhost:3000', '127.0.0.1:3000', 'ftp://127.0.0.1', ''])('is not %j', (url) => {
    expect(() => gatewayOf(url, {})).toThrow(/must be a URL/);
  });

  it.each(['abc', '0', '70000'])('is not at the port %s', (LOCAL_PORT_BASE) => {
    expect(() => gatewayOf(undefined, { LOCAL_PORT_BASE })).toThrow(/LOCAL_PORT_BASE/);
  });
});
