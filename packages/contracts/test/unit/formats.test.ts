import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dateTime, isFuture, mediaType, uuid } from '../../src/formats.ts';

describe('dateTime', () => {
  it.each([
    ['UTC', '2026-01-31T23:59:59Z', '2026-01-31T23:59:59.000Z'],
    ['lower-case t and z', '2026-01-31t23:59:59z', '2026-01-31T23:59:59.000Z'],
    ['an offset ahead of UTC', '2026-01-01T01:30:00+02:00', '2025-12-31T23:30:00.000Z'],
    ['an offset behind UTC', '2026-01-01T23:30:00-01:45', '2026-01-02T01:15:00.000Z'],
    ['an offset that is not known', '2026-01-01T00:00:00-00:00', '2026-01-01T00:00:00.000Z'],
    ['a fraction that is finer than a millisecond', '2026-01-01T00:00:00.123999Z', '2026-01-01T00:00:00.123Z'],
    ['one digit of a fraction', '2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.500Z'],
    ['a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['a leap day of a year that 400 divides', '2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['a leap day of the year 0', '0000-02-29T00:00:00Z', '0000-02-29T00:00:00.000Z'],
    ['the first moment', '0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['the last second', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('takes %s', (_case, text, canonical) => {
    expect(dateTime(text)).toBe(canonical);
  });

  it.each([
    ['31 February', '2026-02-31T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['a leap day of a common year', '2026-02-29T00:00:00Z'],
    ['a leap day of a century', '1900-02-29T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['hour 24', '2026-01-01T24:00:00Z'],
    ['minute 60', '2026-01-01T00:60:00Z'],
    ['a leap second', '2026-12-31T23:59:60Z'],
    ['an offset of 24 hours', '2026-01-01T00:00:00+24:00'],
    ['an offset of 60 minutes', '2026-01-01T00:00:00+01:60'],
    ['an offset without a colon', '2026-01-01T00:00:00+0100'],
    ['no offset', '2026-01-01T00:00:00'],
    ['a date alone', '2026-01-01'],
    ['a space for the T', '2026-01-01 00:00:00Z'],
    ['no seconds', '2026-01-01T00:00Z'],
    ['an empty fraction', '2026-01-01T00:00:00.Z'],
    ['a year of six digits', '+012026-01-01T00:00:00Z'],
    ['an offset that leads out of year 0', '0000-01-01T00:00:00+00:01'],
    ['an offset that leads out of year 9999', '9999-12-31T23:59:59-00:01'],
    ['what stands around a time', ' 2026-01-01T00:00:00Z'],
    ['a second line', '2026-01-01T00:00:00Z\n'],
    ['nothing', ''],
  ])('refuses %s', (_case, text) => {
    expect(dateTime(text)).toBeUndefined();
  });

  it('leaves every time as toISOString() writes it', () => {
    const times = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

    fc.assert(fc.property(times, (time) => expect(dateTime(time.toISOString())).toBe(time.toISOString())));
  });

  it('reads the same moment from every offset', () => {
    const times = fc.date({ min: new Date('1000-01-01'), max: new Date('9000-12-31'), noInvalidDate: true });
    const offsets = fc.integer({ min: -23 * 60, max: 23 * 60 });
    const two = (value: number) => String(value).padStart(2, '0');
    const written = (time: Date, offset: number) => {
      const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const minutes = Math.abs(offset);
      return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    };

    fc.assert(
      fc.property(times, offsets, (time, offset) => expect(dateTime(written(time, offset))).toBe(time.toISOString())),
    );
  });
});

describe('uuid', () => {
  it('reads either case and writes lower case', () => {
    expect(uuid('0B0E7A52-6F0C-4F7B-9A53-0D3E5F3F3F1A')).toBe('0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f1a');
  });

  it.each([
    ['braces', '{0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f1a}'],
    ['no hyphens', '0b0e7a526f0c4f7b9a530d3e5f3f3f1a'],
    ['a digit too few', '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f1'],
    ['a letter that is no digit', '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f1g'],
    ['a line after it', '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f1a\n'],
  ])('refuses %s', (_case, text) => {
    expect(uuid(text)).toBeUndefined();
  });
});

describe('isFuture', () => {
  it('is true of what is to come only', () => {
    const inAMinute = new Date(Date.now() + 60_000).toISOString();
    const aMinuteAgo = new Date(Date.now() - 60_000).toISOString();

    expect(isFuture(inAMinute)).toBe(true);
    expect(isFuture(aMinuteAgo)).toBe(false);
    expect(isFuture(aMinuteAgo.toLowerCase())).toBe(false);
  });
});

describe('mediaType', () => {
  it.each(['text/plain', 'image/svg+xml', 'text/plain; charset=utf-8', 'text/plain;charset="utf-8"', 'a/b; x=y; z=""'])(
    'takes %s as it is',
    (text) => {
      expect(mediaType(text)).toBe(text);
    },
  );

  it.each([
    '',
    'text',
    'text/',
    '/plain',
    'text/plain;',
    ' text/plain',
    'text/plain ',
    'text/plain\n',
    'text/pläin',
    'text/plain; charset',
    'text/plain; a="\\""',
    `a/${'b'.repeat(254)}`,
  ])('refuses %j', (text) => {
    expect(mediaType(text)).toBeUndefined();
  });
});
