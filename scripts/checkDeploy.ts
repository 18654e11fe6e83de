/**
 * `pnpm check:deploy`: the whole life of a stage, by the project's own commands, against an emulator of AWS on this machine.
 * Needs Python 3 (docs/deploy.md, "Proven without an account").
 */
import { commandsIn } from './checkDeploy/commands.ts';
import { findPython, startEmulator } from './checkDeploy/emulator.ts';
import { checkFailures } from './checkDeploy/failures.ts';
import { checkDurable, checkPreview } from './checkDeploy/lifeOfAStage.ts';
import { createSteps } from './checkDeploy/steps.ts';
import { copyWorkingTree } from './checkDeploy/workingCopy.ts';
import { generate } from './generate.ts';

const print = (text: string) => console.log(text);

const check = async (python: string) => {
  const steps = createSteps(print);
  const copy = await copyWorkingTree();
  const emulator = await startEmulator(python);
  try {
    const means = {
      steps,
      copy,
      commands: commandsIn(copy.root, emulator.env),
      port: emulator.port,
      endpoint: emulator.url,
    };
    await checkPreview(means);
    await checkDurable(means);
    await checkFailures(means, emulator);
    if (steps.failed().length > 0) print(`\nThe emulator said at last:\n${(await emulator.output()).slice(-4000)}`);
  } finally {
    await emulator.stop();
    await copy.remove();
  }
  print(`\n${Math.round(performance.now() / 1000)} s`);
  if (steps.failed().length > 0) print(`Failed: ${steps.failed().join('; ')}`);
  print(`${steps.passed()} passed, ${steps.failed().length} failed`);
  process.exitCode = steps.failed().length > 0 ? 1 : 0;
};

const python = await findPython();
if (python === undefined) {
  print('Left out: Python 3 with venv is missing, which the emulator runs on.');
} else {
  await generate();
  await check(python);
}
