import { describe, expect, it } from '@jest/globals';
import { email } from '../../src/formats.ts';

const label = 'a'.repeat(63);
const domain = `${label}.${label}.${label}.de`; // 194 characters, each part within its own bounds

describe('an email address', () => {
  it('has at most 254 characters in all (RFC 5321, 4.5.3.1.3)', () => {
    const longest = `${'b'.repeat(59)}@${domain}`;

    expect(longest).toHaveLength(254);
    expect(email(longest)).toBe(longest);
    expect(email(`b${longest}`)).toBeUndefined();
  });
});
