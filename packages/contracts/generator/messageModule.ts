import type { Message } from '../src/message.ts';
import { standaloneModule } from './standaloneModule.ts';

/** The module that both ends import a message from, and its declaration. The contract is exported by `contractFile`. */
export const messageModule = async ({ name, body }: Message, contractFile: string, resolveDir: string) => {
  const schemas = { judge: { type: 'object', properties: { body }, required: ['body'] } };
  const exported = `export const ${name} = { name: ${JSON.stringify(name)}, validate: judge };`;
  const code = await standaloneModule({ schemas, exported, resolveDir });
  const declaration = [
    `import type { CompiledMessage } from '../../src/compiledMessage.ts';`,
    `import type { ${name} as contract } from '${contractFile}';`,
    `export declare const ${name}: CompiledMessage<typeof contract>;\n`,
  ].join('\n');
  return { code, declaration };
};
