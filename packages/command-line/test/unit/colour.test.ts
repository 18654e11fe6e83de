import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { coloured, paintFor, plain, statusStyle } from '../../src/colour.ts';

describe('the colours of a terminal', () => {
  it.each([
    ['a terminal', true, {}, coloured],
    ['a file', false, {}, plain],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, plain],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, coloured],
    ['a file with FORCE_COLOR', false, { FORCE_COLOR: '1' }, coloured],
    ['a file with both', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, plain],
  ])('are shown or not to %s', (_what, isTTY, env, paint) => {
    expect(paintFor({ isTTY }, env)).toBe(paint);
  });

  it('leave the text as it is', () => {
    expect(stripVTControlCharacters(coloured('red', 'text'))).toBe('text');
    expect(coloured('red', 'text')).not.toBe('text');
    expect(plain('red', 'text')).toBe('text');
  });

  it.each([
    [200, 'green'],
    [399, 'green'],
    [400, 'yellow'],
    [499, 'yellow'],
    [500, 'red'],
    [0, 'red'],
  ])('of the status %i are %s', (status, style) => {
    expect(statusStyle(status)).toBe(style);
  });
});
