/** `pnpm run diff`: what a deployment of this branch would change, replace and delete, and which rights it would add. */
import { print, runCommand } from '@app/command-line/command';
import { screenOf } from '@app/command-line/screen';
import { readArguments, usage } from './diff/arguments.ts';
import { compareBranch } from './diff/compareBranch.ts';
import { renderJson } from './diff/report/json.ts';
import { renderMarkdown } from './diff/report/markdown.ts';
import { isAllowed, type Report } from './diff/report/report.ts';
import { renderTerminal } from './diff/report/terminal.ts';

const renderers = {
  json: renderJson,
  markdown: renderMarkdown,
  terminal: (report: Report) => renderTerminal(report, screenOf(process.stdout, process.env)),
};

await runCommand({
  usage,
  run: async (args) => {
    const given = readArguments(args, process.env);
    const report = await compareBranch(given);
    print(renderers[given.format](report));
    if (!isAllowed(report)) process.exitCode = 1;
  },
});
