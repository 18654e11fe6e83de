/**
 * What osls hands to a function that `${file(….cjs)}` names. It calls the function several times and throws through the
 * resolvers until all that they ask for is known: ask each time, and keep nothing.
 */
export interface Variables {
  /** What stands at a path of the service's configuration, resolved: `['provider', 'timeout']`. Undefined where nothing does. */
  readonly resolveConfigurationProperty: (path: readonly string[]) => Promise<unknown>;
  /** `param:corsOrigins`, `sls:stage`. */
  readonly resolveVariable: (name: string) => Promise<unknown>;
}

/** An event of a function, as the service declares it. */
export type DeclaredEvent = string | Readonly<Record<string, unknown>>;

export interface DeclaredFunction {
  /** `events:` with nothing below it is null. */
  readonly events?: readonly DeclaredEvent[] | null;
  /** Seconds. */
  readonly timeout?: number;
  readonly destinations?: Destinations;
}

/** Where events go that a function has failed at: an ARN, or what has one. */
export interface Destinations {
  readonly onFailure?: unknown;
}

export type DeclaredFunctions = Readonly<Record<string, DeclaredFunction>>;

/** `functions` of a service, which may be a list of files. */
export const functionsOf = async ({ resolveConfigurationProperty }: Variables): Promise<DeclaredFunctions> => {
  const declared = (await resolveConfigurationProperty(['functions'])) as DeclaredFunctions | DeclaredFunctions[];
  return Object.assign({}, ...[declared].flat()) as DeclaredFunctions;
};

/** Whether a stage's parameter is on; `--param` gives text. */
export const isOn = async ({ resolveVariable }: Variables, parameter: string): Promise<boolean> =>
  String(await resolveVariable(`param:${parameter}`)) === 'true';

/** A resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** By logical id. */
export type Resources = Readonly<Record<string, Resource>>;
