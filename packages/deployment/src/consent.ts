import { ask, canAsk } from '@app/command-line/ask';
import { Failure, UsageFailure } from '@app/command-line/failure';
import { isDurable } from '@app/serverless-config/stage';

interface Change {
  /** `deploy to`, `roll back`. */
  readonly verb: string;
  readonly stage: string;
  /** `--yes <stage>` as given. */
  readonly yes: string | undefined;
}

interface Terminal {
  readonly canAsk: () => boolean;
  readonly ask: (question: string) => Promise<string>;
}

/** Throws a UsageFailure when `--yes` names another stage than the command is about. */
export const assertYes = (stage: string, yes: string | undefined, option = '--yes'): void => {
  if (yes === undefined || yes === stage) return;
  throw new UsageFailure(`${option} names “${yes}”, but --stage is “${stage}”.`);
};

/**
 * A durable stage is changed only on purpose: its name is typed, or was given as `--yes <stage>`. Any other needs no consent.
 * Throws a Failure otherwise.
 */
export const consentTo = async ({ verb, stage, yes }: Change, terminal: Terminal = { canAsk, ask }): Promise<void> => {
  assertYes(stage, yes);
  if (!isDurable(stage) || yes === stage) return;
  if (!terminal.canAsk()) throw new Failure(`${stage} is a durable stage: add --yes ${stage} to ${verb} it.`, 2);
  const answer = await terminal.ask(`${stage} is a durable stage. Type its name to ${verb} it: `);
  if (answer !== stage) throw new Failure(`Nothing was changed: “${answer}” is not ${stage}.`);
};
