/** Fields of a request, in their order; a name may be there several times. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** Every value by its name, as `multiValueHeaders` and `multiValueQueryStringParameters` have them. */
export const multiValuesOf = (pairs: Pairs): Record<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
};
