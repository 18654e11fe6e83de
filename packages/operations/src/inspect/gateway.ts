import { UsageFailure } from '@app/command-line/failure';
import { defaultPortBase, planPorts } from '@app/local-cloud/src/process/ports.ts';

const isHttp = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const portBaseIn = (env: NodeJS.ProcessEnv) => {
  const given = env['LOCAL_PORT_BASE'] || String(defaultPortBase);
  if (/^\d{1,5}$/.test(given) && Number(given) >= 1 && Number(given) <= 65_535) return Number(given);
  throw new UsageFailure(`LOCAL_PORT_BASE is ${JSON.stringify(given)}, and must be a port.`);
};

/** Where the local cloud's gateway is: as `--gateway` says, else by LOCAL_PORT_BASE. */
export const gatewayOf = (given: string | undefined, env: NodeJS.ProcessEnv = process.env): string => {
  if (given === undefined) return `http://127.0.0.1:${planPorts([], portBaseIn(env)).gateway}`;
  if (isHttp(given)) return new URL(given).origin;
  throw new UsageFailure(`--gateway is ${JSON.stringify(given)}, and must be a URL such as http://127.0.0.1:3000.`);
};
