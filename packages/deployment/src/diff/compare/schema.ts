import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { type Replacement, strongest } from './changes.ts';

type Specification = ReturnType<typeof loadAwsServiceSpecSync>;
type Schema = ReturnType<Specification['all']>[number];
type ResourceSchema = Extract<Schema, { readonly cloudFormationType: string }>;
type Properties = ResourceSchema['properties'];
type Property = Properties[string];
type PropertyType = Property['type'];

let loaded: Specification | undefined;

/** AWS's resource schemas, as the CDK publishes them. Loaded when first asked for: it takes half a second. */
const specification = (): Specification => (loaded ??= loadAwsServiceSpecSync());

/** Paths by type, from the schemas themselves: the CDK's data lacks half of them. */
const { types: conditional } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../schemas/conditionalCreateOnly.json'), 'utf8'),
) as { readonly types: Readonly<Record<string, readonly string[]>> };

const schemaOf = (type: string): ResourceSchema | undefined =>
  specification().lookup('resource', 'cloudFormationType', 'equals', type)[0];

export const isKnownType = (type: string): boolean => schemaOf(type) !== undefined;

/** Whether the type holds data that is lost with it, as AWS's schemas and the CDK have it. */
export const isStateful = (type: string): boolean => schemaOf(type)?.isStateful === true;

/** The definitions that a property's value may follow, through lists, maps and unions. */
const definitionsOf = (type: PropertyType): Properties[] => {
  if (type.type === 'ref') return [specification().get('typeDefinition', type.reference).properties];
  if (type.type === 'array' || type.type === 'map') return definitionsOf(type.element);
  return type.type === 'union' ? type.types.flatMap(definitionsOf) : [];
};

const hasMap = (type: PropertyType): boolean =>
  type.type === 'map' || type.type === 'json' || (type.type === 'union' && type.types.some(hasMap));

/** Whether something below a value creates the resource anew: which part of a list has changed is not known. */
const below = (type: PropertyType, seen: readonly Properties[] = []): Replacement => {
  const definitions = definitionsOf(type).filter((definition) => !seen.includes(definition));
  const properties = definitions.flatMap((definition) => Object.values(definition));
  if (properties.some(({ causesReplacement: mark = 'no' }) => mark !== 'no')) return 'maybe';
  return strongest(properties.map((property) => below(property.type, [...seen, ...definitions])));
};

const within = (properties: Properties, [name = '', ...rest]: readonly string[]): Replacement => {
  const property = properties[name];
  if (property === undefined) return 'unknown';
  const own = property.causesReplacement ?? 'no';
  if (rest.length === 0) return strongest([own, below(property.type)]);
  const all = definitionsOf(property.type);
  const having = all.filter((definition) => Object.hasOwn(definition, rest[0] ?? ''));
  const definitions = having.length > 0 ? having : all; // of a union, those that it can be
  if (hasMap(property.type) || definitions.length === 0) return own; // free-form: names below are nobody's properties
  return strongest([own, ...definitions.map((definition) => within(definition, rest))]);
};

const startsWith = (path: readonly string[], start: readonly string[]) =>
  start.every((name, place) => name === '*' || path[place] === name);

/** Whether one path leads to the other, or through it. */
const isAlong = (left: readonly string[], right: readonly string[]) =>
  startsWith(left, right) || startsWith(right, left);

/**
 * Whether a change of the property at a path creates a resource of the type anew: `yes` for a create-only property, `maybe`
 * for one that is create-only under conditions, `unknown` where the schemas have no such type or property.
 */
export const replacementAt = (type: string, place: readonly string[]): Replacement => {
  const schema = schemaOf(type);
  if (schema === undefined) return 'unknown';
  const names = place.filter((name) => !name.startsWith('['));
  const isListed = schema.additionalReplacementProperties?.some((start) => startsWith(names, start)) ?? false;
  const isConditional = conditional[type]?.some((path) => isAlong(path.split('.'), names)) ?? false;
  return strongest([within(schema.properties, names), isListed ? 'yes' : 'no', isConditional ? 'maybe' : 'no']);
};
