import { isList, isObject, type Value } from './template.ts';

/** `${Table}` and `${Table.Arn}`, but neither `${!Literal}` nor `${AWS::Region}`. */
const reference = /\$\{(?!!|AWS::)([^.}]+)(\.[^}]+)?\}/g;

/** The logical ids that a canonical value refers to, without looking into what it contains. */
const idsIn = (value: { readonly [name: string]: Value }): string[] => {
  const texts = [value['Fn::Sub']].flat().filter((text) => typeof text === 'string');
  return texts.flatMap((text) => [...text.matchAll(reference)].map(([, id = '']) => id));
};

export interface ReferencePlace {
  readonly path: readonly string[];
  readonly id: string;
}

/** Every reference in a canonical value, with where it stands; elements of a list stand where the list does. */
export const referencesIn = (value: Value, path: readonly string[] = []): ReferencePlace[] => {
  if (isList(value)) return value.flatMap((each) => referencesIn(each, path));
  if (!isObject(value)) return [];
  const own = idsIn(value).map((id) => ({ path, id }));
  const inner = Object.entries(value).flatMap(([name, each]) =>
    referencesIn(each, name.startsWith('Fn::') ? path : [...path, name]),
  );
  return [...own, ...inner];
};

/** A canonical value with other logical ids; `renamed` answers undefined for an id that stays. */
export const withIds = (value: Value, renamed: (id: string) => string | undefined): Value => {
  if (isList(value)) return value.map((each) => withIds(each, renamed));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === 'Fn::Sub' && typeof each === 'string'
        ? each.replaceAll(reference, (whole, id: string, attribute: string | undefined) => {
            const other = renamed(id);
            return other === undefined ? whole : `\${${other}${attribute ?? ''}}`;
          })
        : withIds(each, renamed),
    ]),
  );
};
