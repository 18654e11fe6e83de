import { describe, expect, it } from '@jest/globals';
import { entityTagOf, isNoneMatch, parseIfMatch } from '../../src/entityTag.ts';
import { HttpProblem } from '../../src/problem.ts';

const state = { version: 3, createdAt: '2026-01-01T00:00:00.000Z' };
const tag = entityTagOf(state);
const other = { version: 4, createdAt: state.createdAt };

const malformed = [
  ['no quotes', '3-mjuohs00'],
  ['an open quote', '"3-mjuohs00'],
  ['single quotes', "'3-mjuohs00'"],
  ['a lower-case weak mark', `w/${tag}`],
  ['a weak mark alone', 'W/'],
  ['no comma between tags', `${tag} ${tag}`],
  ['a star in a list', `*, ${tag}`],
  ['a space inside a tag', '"3 mjuohs00"'],
  ['nothing', ''],
  ['commas alone', ', ,'],
] as const;

describe('parseIfMatch', () => {
  it.each([
    ['no header', undefined],
    ['*', '*'],
    ['* with spaces around it', ' * '],
  ])('takes %s for any state', (_case, header) => {
    expect(parseIfMatch(header)).toBeUndefined();
  });

  it('names the states of a list', () => {
    expect(parseIfMatch(`${tag}, ${entityTagOf(other)}`)).toEqual([state, other]);
  });

  it('passes over empty elements and any space between them (RFC 9110, 5.6.1)', () => {
    expect(parseIfMatch(` ,, ${tag}\t,,${entityTagOf(other)},`)).toEqual([state, other]);
  });

  it('never matches by a weak tag (RFC 9110, 13.1.1)', () => {
    expect(parseIfMatch(`W/${tag}`)).toEqual([]);
    expect(parseIfMatch(`W/${tag}, ${entityTagOf(other)}`)).toEqual([other]);
  });

  it.each([
    ['of another making', '"686897696a7c876b7e"'],
    ['that is empty', '""'],
    ['in capitals', tag.toUpperCase()],
    ['with zeros in front', '"03-mjuohs00"'],
    ['of a time that Date cannot hold', '"3-zzzzzzzzzzz"'],
    ['with a comma in it', '"3,mjuohs00"'],
    ['with letters above ASCII', '"3-mjuohs0\u00e9"'],
  ])('lets a tag %s match nothing', (_case, header) => {
    expect(parseIfMatch(header)).toEqual([]);
  });

  it.each(malformed)('refuses %s', (_case, header) => {
    expect(() => parseIfMatch(header)).toThrow(HttpProblem);
  });

  it('names the header in its refusal', () => {
    expect(() => parseIfMatch('nonsense')).toThrow(
      expect.objectContaining({
        status: 400,
        errors: [expect.objectContaining({ in: 'header', pointer: '/If-Match' })],
      }),
    );
  });

  it('takes 50 tags and no more', () => {
    const tags = (count: number) => Array.from({ length: count }, () => tag).join();

    expect(parseIfMatch(tags(50))).toHaveLength(50);
    expect(() => parseIfMatch(tags(51))).toThrow(HttpProblem);
  });
});

describe('isNoneMatch', () => {
  it.each([
    ['no header', undefined, true],
    ['another tag', '"4-mjuohs00"', true],
    ['a tag that is not ours', '"x", "y"', true],
    ['the tag itself', tag, false],
    ['the tag in a list', `"x", ${tag}`, false],
    ['the tag marked weak: compared weakly (RFC 9110, 13.1.2)', `W/${tag}`, false],
    ['*', '*', false],
  ])('judges %s', (_case, header, expected) => {
    expect(isNoneMatch(header, tag)).toBe(expected);
  });

  it.each(malformed)('refuses %s', (_case, header) => {
    expect(() => isNoneMatch(header, tag)).toThrow(HttpProblem);
  });
});
