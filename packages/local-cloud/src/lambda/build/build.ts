import { join, relative } from 'node:path';
import { buildOptions } from '@app/serverless-config/buildOptions';
import type { Message } from 'esbuild';
import { handlerModules, type Service } from '../../framework/services.ts';
import { createWriter } from './buildOutput.ts';

export interface Build {
  /** Where a service's functions were written, as its own folder has them. */
  readonly folderOf: (service: Service) => string;
  /** Builds again. Throws, with all messages readable, when the code has errors, and leaves what was there. Resolves to whether anything is different. */
  readonly rebuild: () => Promise<boolean>;
  readonly dispose: () => Promise<void>;
}

const isBuildFailure = (error: unknown): error is { errors: Message[] } => error instanceof Error && 'errors' in error;

/**
 * One build of all functions of all services, with shared chunks: the SDK is bundled, and parsed, once. A bundle for each
 * function, as serverless-esbuild makes them for Lambda, takes 150 ms a function.
 */
export const createBuild = async (
  services: readonly Service[],
  { root, output }: { root: string; output: string },
): Promise<Build> => {
  const { context, formatMessages, stop } = await import('esbuild');
  const build = await context({
    ...buildOptions(),
    absWorkingDir: root,
    entryPoints: services.flatMap((service) =>
      handlerModules(service).map((module) => join(relative(root, service.folder), module)),
    ),
    outdir: output,
    outbase: root,
    splitting: true,
    minify: false,
    sourcemap: 'external', // for stacks in the terminal
    sourcesContent: false,
    logLevel: 'silent',
    write: false, // esbuild itself would remove what was there when the code has errors
  });
  const write = createWriter();
  return {
    folderOf: ({ folder }) => join(output, relative(root, folder)),
    rebuild: async () => {
      try {
        const { outputFiles } = await build.rebuild();
        return await write(outputFiles);
      } catch (error) {
        if (!isBuildFailure(error)) throw error;
        throw new Error((await formatMessages(error.errors, { kind: 'error' })).join('').trimEnd(), { cause: error });
      }
    },
    dispose: async () => {
      await build.dispose();
      await stop();
    },
  };
};
