import type { Serverless } from '../framework/types.ts';
import type { Resolve } from '../template/resolver.ts';
import type { Right } from './calls.ts';

/** A right that a function's role grants: action and resource may be patterns. */
export interface Grant extends Right {
  /** The function's deployed name. */
  readonly holder: string;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** `arn:aws:dynamodb:eu-west-1:000000000000:table/notes-dev` → `table/notes-dev`; another text stays as it is. */
const resourceOf = (arn: unknown) => String(arn).split(':').slice(5).join(':') || String(arn);

/** What the functions' own statements allow, with the names of local resources. */
export const grantsOf = ({ service: { functions } }: Serverless, resolve: Resolve): Grant[] =>
  Object.values(functions).flatMap(({ name: holder = '', iamRoleStatements = [] }) =>
    (iamRoleStatements as readonly Statement[])
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action, Resource }) =>
        [Action]
          .flat()
          .flatMap((action) =>
            [Resource].flat().map((each) => ({ holder, action, resource: resourceOf(resolve(each)) })),
          ),
      ),
  );
