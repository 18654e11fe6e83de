import { describe, expect, it } from '@jest/globals';
import { screenOf } from '../../src/screen.ts';

const isColoured = (stream: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv) =>
  screenOf(stream, env).paint('red', 'x') !== 'x';

describe('the screen', () => {
  it('has colours only where it is a terminal and NO_COLOR is not set', () => {
    expect(isColoured({ isTTY: true }, {})).toBe(true);
    expect(isColoured({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(isColoured({}, { FORCE_COLOR: '1' })).toBe(false);
  });

  it('has a width only where it is a terminal', () => {
    expect(screenOf({ isTTY: true, columns: 80 }, {}).width).toBe(80);
    expect(screenOf({ columns: 80 }, {}).width).toBeUndefined();
  });
});
