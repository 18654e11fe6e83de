import type { Resources } from '../framework/types.ts';
import { account, attributeOf, nameOf, refOf } from './resources.ts';

type Intrinsic = (argument: unknown) => unknown;

/** What local names are made with. */
export interface LocalNames {
  readonly region: string;
  readonly stackName: string;
  /** Where queue URLs point. */
  readonly sqsEndpoint: string;
}

/**
 * Does to a template's values what CloudFormation would, for the resources that have a local counterpart: Ref,
 * Fn::GetAtt, Fn::Sub and Fn::Join. What it cannot know stays as it is.
 */
export const createResolver = (resources: Resources, { region, stackName, sqsEndpoint }: LocalNames) => {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const physical = (logicalId: string) => {
    const resource = resources[logicalId];
    const name = resource && resolve(nameOf(resource));
    return resource && typeof name === 'string' ? { resource, name, region, sqsEndpoint } : undefined;
  };
  const ref = (logicalId: string) => {
    const found = physical(logicalId);
    return pseudo[logicalId] ?? (found && refOf(found));
  };
  const attribute = (logicalId: string, name: string) => {
    const found = physical(logicalId);
    return found && attributeOf(found, name);
  };
  const substitute = (text: string, values: Readonly<Record<string, unknown>>) =>
    text.replaceAll(/\$\{([^!}]+)\}/g, (whole, key: string) => {
      const [logicalId = '', ...path] = key.split('.');
      const value =
        key in values ? resolve(values[key]) : path.length ? attribute(logicalId, path.join('.')) : ref(key);
      return typeof value === 'string' ? value : whole;
    });

  const intrinsics: Readonly<Record<string, Intrinsic>> = {
    Ref: (logicalId) => ref(String(logicalId)),
    'Fn::GetAtt': (argument) => {
      const [logicalId, ...path] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return attribute(logicalId ?? '', path.join('.'));
    },
    'Fn::Sub': (argument) => {
      const [text, values] = typeof argument === 'string' ? [argument, {}] : (argument as [string, object]);
      return substitute(text, values as Record<string, unknown>);
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = argument as [string, unknown[]];
      const texts = parts.map(resolve);
      return texts.every((part) => typeof part === 'string') ? texts.join(separator) : undefined;
    },
  };

  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = others.length === 0 ? intrinsics[name] : undefined;
    if (intrinsic) return intrinsic(argument) ?? value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each)]));
  };
  return resolve;
};

export type Resolve = ReturnType<typeof createResolver>;
