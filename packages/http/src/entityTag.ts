import type { Version } from '@app/resource';
import { invalidHeader } from './problem.ts';

/** The strong entity tag (RFC 9110, 8.8.3) of a resource's state, e.g. `"3-mb1q2w0g"`. */
export const entityTagOf = ({ version, createdAt }: Version) =>
  `"${version.toString(36)}-${Date.parse(createdAt).toString(36)}"`;

const ours = /^"([\da-z]{1,10})-([\da-z]{1,11})"$/;
const maxTime = 8.64e15; // the last time that Date can hold

/** The state that a tag names, or undefined when it is none of ours (and so can match nothing). */
const versionOf = (tag: string): Version | undefined => {
  const [, version, time] = ours.exec(tag) ?? [];
  if (!version || !time || Number.parseInt(time, 36) > maxTime) return undefined;
  const state = {
    version: Number.parseInt(version, 36),
    createdAt: new Date(Number.parseInt(time, 36)).toISOString(),
  };
  return entityTagOf(state) === tag ? state : undefined;
};

const listed = /^[ \t]*(W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,|$)/;
const maxTags = 50; // a condition expression has room for so many pairs, and no caller holds more

/** The members of an entity-tag list (RFC 9110, 13.1.1), empty elements left out; throws the 400 when it is malformed. */
const parseTags = (header: string, name: string) => {
  const tags: { weak: boolean; tag: string }[] = [];
  let rest = header.trim();
  while (rest !== '') {
    const [matched, weak, tag] = listed.exec(rest) ?? /^[ \t]*,/.exec(rest) ?? [];
    if (matched === undefined) throw invalidHeader(name, 'must be * or a list of entity tags, each in double quotes');
    if (tag) tags.push({ weak: weak !== undefined, tag });
    rest = rest.slice(matched.length);
  }
  if (tags.length === 0) throw invalidHeader(name, 'must name an entity tag');
  if (tags.length > maxTags) throw invalidHeader(name, `must name no more than ${maxTags} entity tags`);
  return tags;
};

/**
 * The states that `If-Match` allows: undefined is any (`*`, or no header), an empty list none.
 * Weak tags never match (RFC 9110, 13.1.1), nor do tags that are not ours.
 */
export const parseIfMatch = (header: string | undefined): readonly Version[] | undefined =>
  header === undefined || header.trim() === '*'
    ? undefined
    : parseTags(header, 'If-Match').flatMap(({ weak, tag }) => (weak ? [] : (versionOf(tag) ?? [])));

/** Whether `If-None-Match` holds the tag: compared weakly (RFC 9110, 13.1.2). */
export const isNoneMatch = (header: string | undefined, current: string): boolean =>
  header === undefined ||
  (header.trim() !== '*' && !parseTags(header, 'If-None-Match').some(({ tag }) => tag === current));
