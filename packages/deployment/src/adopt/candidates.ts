import type { Template } from '../stack/readStack.ts';

const identifiers = { 'AWS::DynamoDB::Table': 'TableName', 'AWS::S3::Bucket': 'BucketName' } as const;
export type KeptType = keyof typeof identifiers;

/** A table or bucket of a template that outlives its stack. */
export interface Candidate {
  readonly logicalId: string;
  readonly type: KeptType;
  /** On AWS. */
  readonly name: string;
  /** As the template has them. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The property that CloudFormation finds a resource by when it imports it. */
export const identifierOf = (type: KeptType): string => identifiers[type];

/** What `${AWS::…}` means: `AccountId`, `Region`, `Partition`. */
export type Pseudo = Readonly<Record<string, string>>;

/** A name that is text, or a `Fn::Sub` over pseudo parameters alone; undefined for any other. */
const nameOf = (value: unknown, pseudo: Pseudo): string | undefined => {
  if (typeof value === 'string') return value;
  const { 'Fn::Sub': pattern } = (value ?? {}) as { 'Fn::Sub'?: unknown };
  if (typeof pattern !== 'string') return undefined;
  const name = pattern.replaceAll(/\$\{AWS::(\w+)\}/g, (whole, parameter: string) => pseudo[parameter] ?? whole);
  return name.includes('${') ? undefined : name;
};

const isKept = (type: string): type is KeptType => Object.hasOwn(identifiers, type);

/** The tables and buckets that a template keeps when its stack goes, and names. */
export const candidatesIn = ({ Resources = {} }: Template, pseudo: Pseudo): Candidate[] =>
  Object.entries(Resources).flatMap(([logicalId, { Type: type, DeletionPolicy = '', Properties = {} }]) => {
    if (!isKept(type) || !DeletionPolicy.startsWith('Retain')) return [];
    const name = nameOf(Properties[identifierOf(type)], pseudo);
    return name === undefined ? [] : [{ logicalId, type, name, properties: Properties }];
  });
