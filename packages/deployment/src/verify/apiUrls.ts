import type { Stack } from '../stack/readStack.ts';

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The URLs of a service's APIs, from the outputs that packages/serverless-config gives its stack. */
export const apiUrls = (service: string, { outputs }: Pick<Stack, 'outputs'>): string[] =>
  ['ApiUrl', 'SocketUrl'].flatMap((suffix) => outputs[`${upperFirst(service)}${suffix}`] ?? []);
