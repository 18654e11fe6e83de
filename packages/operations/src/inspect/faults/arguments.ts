import { parseArgs } from 'node:util';
import { asUsage } from '@app/command-line/command';
import { UsageFailure } from '@app/command-line/failure';
import { effects, moments, services } from '@app/local-cloud/src/faults/fault.ts';
import { gatewayOf } from '../gateway.ts';

const effectLines = Object.entries(effects).map(([name, meaning]) => `  ${name.padEnd(10)} ${meaning}`);

export const usage = `pnpm faults                  the faults that are on, and how often they have hit
pnpm faults add <effect>     has something go wrong; without options each time, everywhere
pnpm faults remove <id>      ends one
pnpm faults clear            ends all
  --service <service>        calls of this service: ${services.join(', ')}
  --operation <name>         this call: PutItem
  --resource <name>          a table, a queue, a bucket
  --function <service>:<name>  calls, or invocations, of this function: items:createItem
  --share <0 to 1>           how large a part it hits
  --count <number>           how often it hits at most
  --milliseconds <number>    of delay
  --moment <moment>          of end: ${moments.join(', ')}
  --calls <number>           of end, between: after how many calls; 1 without it
  --gateway <url>            of another local cloud than the one of LOCAL_PORT_BASE, or http://127.0.0.1:3000

Effects:
${effectLines.join('\n')}`;

const text = { type: 'string' } as const;
const texts = { service: text, operation: text, resource: text, function: text, moment: text };
const numbers = { share: text, count: text, milliseconds: text, calls: text };

/** What is asked for; which values a fault may have is for the local cloud to say. */
export type FaultsArguments = { readonly gateway: string } & (
  | { readonly action: 'list' | 'clear' }
  | { readonly action: 'remove'; readonly id: string }
  | { readonly action: 'add'; readonly fault: Readonly<Record<string, unknown>> }
);

const numberOf = (name: string, value: string) => {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number)) return number;
  throw new UsageFailure(`--${name} is ${JSON.stringify(value)}, and must be a number.`);
};

const faultOf = (effect: string, members: Readonly<Record<string, string>>) => ({
  effect,
  ...Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, name in numbers ? numberOf(name, value) : value]),
  ),
});

/** Throws a `UsageFailure` where the words are not as the usage has them. */
export const readArguments = (args: string[], env: NodeJS.ProcessEnv): FaultsArguments => {
  const options = { ...texts, ...numbers, gateway: text };
  const { positionals, values } = asUsage(() => parseArgs({ args, allowPositionals: true, options }));
  const { gateway: given, ...members } = values;
  const [action = 'list', subject, ...more] = positionals;
  const [option] = Object.keys(members);
  const gateway = gatewayOf(given, env);
  if (more.length > 0) throw new UsageFailure(`There are too many words: ${more.join(' ')}.`);
  if (action !== 'add' && option !== undefined) throw new UsageFailure(`--${option} goes with pnpm faults add only.`);
  if (action === 'list' || action === 'clear') {
    if (subject !== undefined) throw new UsageFailure(`pnpm faults ${action} takes nothing more.`);
    return { gateway, action };
  }
  if (action !== 'add' && action !== 'remove') throw new UsageFailure(`There is no "pnpm faults ${action}".`);
  if (!subject) throw new UsageFailure(`pnpm faults ${action} takes ${action === 'add' ? 'an effect' : 'an id'}.`);
  return action === 'add' ? { gateway, action, fault: faultOf(subject, members) } : { gateway, action, id: subject };
};
