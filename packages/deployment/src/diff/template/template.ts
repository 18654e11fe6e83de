import { Failure } from '@app/command-line/failure';

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Properties = Readonly<Record<string, Value>>;

/** A resource of a CloudFormation template, as far as an update looks at it. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Output {
  readonly Value: Value;
  readonly Export?: { readonly Name: Value };
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, Output>>;
  /** Sections that decide what a template means, and that are compared as a whole. */
  readonly Parameters?: Value;
  readonly Conditions?: Value;
  readonly Mappings?: Value;
  readonly Transform?: Value;
}

export const emptyTemplate: Template = { Resources: {} };

export const isObject = (value: Value | undefined): value is { readonly [name: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** Reads a template in JSON. Throws a Failure that names where the text came from. */
export const readTemplate = (text: string, from: string): Template => {
  try {
    const template = JSON.parse(text) as Template;
    if (typeof template.Resources === 'object') return template;
  } catch (error) {
    throw new Failure(`${from}: the template is not JSON, which is what the framework deploys.`, 1, { cause: error });
  }
  throw new Failure(`${from}: the template has no Resources.`);
};
