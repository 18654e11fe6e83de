import type { ResourceChange } from '../compare/changes.ts';
import { type OutputChange, outputChanges } from '../compare/outputs.ts';
import { resourceChanges } from '../compare/resources.ts';
import { isKnownType } from '../compare/schema.ts';
import { type Loss, lossOf } from '../judge/losses.ts';
import { type Refusal, refusalsOf } from '../judge/refusals.ts';
import { type WidenedRight, widenedRights } from '../rights/widened.ts';
import { functionsWithoutHash, normalise } from '../template/normalise.ts';
import { emptyTemplate, type Template } from '../template/template.ts';

export interface JudgedChange extends ResourceChange {
  readonly loss?: Loss;
  /** What `--approve` takes, where the deployment must not go on without it. */
  readonly approval?: string;
}

export interface ServiceDiff {
  readonly service: string;
  readonly stack: string;
  /** Whether there is nothing to compare with: everything is added. */
  readonly isNew: boolean;
  readonly changes: readonly JudgedChange[];
  readonly outputs: readonly OutputChange[];
  readonly rights: readonly WidenedRight[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly string[];
}

export interface Compared {
  readonly service: string;
  readonly stage: string;
  /** As packaged or deployed; undefined where the service is not there. */
  readonly before: Template | undefined;
  readonly after: Template;
}

const sections = ['Parameters', 'Conditions', 'Mappings', 'Transform'] as const;

const differ = (before: Template, after: Template, section: (typeof sections)[number]) =>
  JSON.stringify(before[section]) !== JSON.stringify(after[section]);

const notesOf = (before: Template, after: Template, changes: readonly ResourceChange[]): string[] => {
  const unknown = new Set(
    changes.flatMap(({ type, action }) => (action === 'added' || isKnownType(type) ? [] : [type])),
  );
  const hidden = functionsWithoutHash(after).filter((id) => before.Resources[id] !== undefined);
  return [
    ...[...unknown].map((type) => `${type} is in no schema: replacement and data loss are unknown.`),
    ...(hidden.length > 0
      ? [`The code of ${hidden.join(', ')} has no hash in the template: whether it changes is unknown.`]
      : []),
    ...sections
      .filter((section) => differ(before, after, section))
      .map((section) => `The template’s ${section} differ: what follows from them is not compared.`),
  ];
};

const judged = (service: string, change: ResourceChange, loss: Loss | undefined, isRefused: boolean): JudgedChange => ({
  ...change,
  ...(loss && { loss }),
  ...(loss?.needsApproval && !isRefused && { approval: `${service}/${change.id}` }),
});

/** All that an update of a service's stack would do. */
export const diffService = ({ service, stage, before, after }: Compared): ServiceDiff => {
  const [old, next] = [normalise(before ?? emptyTemplate), normalise(after)];
  const changes = resourceChanges(old, next);
  const refusals = refusalsOf(changes, old, next);
  const refused = new Set(refusals.map(({ id }) => id));
  return {
    service,
    stack: `${service}-${stage}`,
    isNew: before === undefined,
    changes: changes.map((change) => judged(service, change, lossOf(change, old, next), refused.has(change.id))),
    outputs: outputChanges(old, next),
    rights: widenedRights(old, next),
    refusals,
    notes: notesOf(old, next, changes),
  };
};
