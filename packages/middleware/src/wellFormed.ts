import type { Violation } from '@app/http';
import { pointerTo } from './violations.ts';

const places = { params: 'path', query: 'query', body: 'body' } as const;

const collect = (value: unknown, pointer: string, place: Violation['in'], found: Violation[]) => {
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      found.push({ in: place, pointer, detail: 'must be well-formed Unicode (no lone surrogates)' });
  } else if (value !== null && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) collect(member, pointer + pointerTo(name), place, found);
  }
};

/** Texts that are not well-formed Unicode: DynamoDB would silently change them. */
export const malformedText = (request: Readonly<Record<keyof typeof places, unknown>>): Violation[] => {
  const found: Violation[] = [];
  for (const [part, place] of Object.entries(places)) collect(request[part as keyof typeof places], '', place, found);
  return found;
};
