/** `pnpm iam`: what functions have called in the local cloud against what their roles allow. */
import { parseArgs } from 'node:util';
import { asUsage, print, runCommand } from '@app/command-line/command';
import { UsageFailure } from '@app/command-line/failure';
import { screenOf } from '@app/command-line/screen';
import { gatewayOf } from './inspect/gateway.ts';
import { type FunctionRights, renderFunction, renderFunctions } from './inspect/iam/render.ts';
import { createInspector } from './inspect/inspector.ts';

const usage = `pnpm iam                     all functions, with how many of their rights were used since the local cloud was started
pnpm iam <service>:<name>    what one has called against what it may: items:createItem
  --gateway <url>            of another local cloud than the one of LOCAL_PORT_BASE, or http://127.0.0.1:3000`;

const readArguments = (args: string[]) => {
  const options = { gateway: { type: 'string' } } as const;
  const { positionals, values } = asUsage(() => parseArgs({ args, allowPositionals: true, options }));
  if (positionals.length > 1) throw new UsageFailure('One function at a time.');
  return { name: positionals[0], gateway: gatewayOf(values.gateway) };
};

await runCommand({
  usage,
  run: async (args) => {
    const { name, gateway } = readArguments(args);
    const path = name === undefined ? 'iam' : `iam/${encodeURIComponent(name)}`;
    const { functions } = await createInspector(gateway).json<{ functions: FunctionRights[] }>(path);
    const screen = screenOf(process.stdout, process.env);
    if (name === undefined) return print(renderFunctions(functions, screen));
    return print(functions.map((each) => renderFunction(each, screen)).join('\n\n'));
  },
});
