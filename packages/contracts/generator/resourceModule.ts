import { describeResource } from '../src/compiledResource.ts';
import type { NamedResource } from '../src/resources.ts';

/** The module that a table imports its resource from, and its declaration. The contract is exported by `contractFile`. */
export const resourceModule = ({ name, schema }: NamedResource, contractFile: string) => ({
  code: `export const ${name} = ${JSON.stringify(describeResource(schema))};\n`,
  declaration: [
    `import type { ResourceOf } from '../../src/compiledResource.ts';`,
    `import type { ${name} as contract } from '${contractFile}';`,
    `export declare const ${name}: ResourceOf<typeof contract>;\n`,
  ].join('\n'),
});
