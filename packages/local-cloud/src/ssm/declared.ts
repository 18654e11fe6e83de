import type { Serverless } from '../framework/types.ts';

/** A secret that a service declares under `custom.secrets`, by a name of its own. */
export interface DeclaredSecret {
  readonly service: string;
  /** `webhookKey`. */
  readonly name: string;
  /** `/groundwork/dev/notes/webhookKey`: what Parameter Store has it under. */
  readonly parameter: string;
}

const parameterName = /^(?:\/[\w.-]+){1,15}$/;

/** The secrets of a service. Throws, naming it, where one is no parameter's name. */
export const secretsOf = ({ service: { service, custom } }: Pick<Serverless, 'service'>): DeclaredSecret[] =>
  Object.entries(custom?.['secrets'] ?? {}).map(([name, parameter]) => {
    if (typeof parameter === 'string' && parameterName.test(parameter)) return { service, name, parameter };
    throw new Error(
      `custom.secrets.${name} of ${service} must be the name of a parameter, such as /groundwork/dev/${service}/${name}, not ${JSON.stringify(parameter)}.`,
    );
  });
