import { join } from 'node:path';
import type { DiffArguments } from './arguments.ts';
import { type Against, type Report, reportOf } from './report/report.ts';
import { diffService } from './report/serviceDiff.ts';
import { deployedTemplates } from './sources/deployedTemplates.ts';
import { packageServices } from './sources/packageServices.ts';
import { commitOf, withCheckout } from './sources/revision.ts';
import { withTemporaryFolder } from './sources/temporaryFolder.ts';
import { asReturned } from './template/asReturned.ts';
import type { Template } from './template/template.ts';

const root = join(import.meta.dirname, '../../../..');

type Templates = ReadonlyMap<string, Template>;

interface Other {
  readonly templates: Templates;
  readonly against: Against;
}

/** The templates to compare with, and what they are. They come first: what is wrong with them is quickly known. */
const otherTemplates = async ({ target, against }: DiffArguments, folder: string): Promise<Other> => {
  if (against === undefined) return { templates: await deployedTemplates(target), against: { kind: 'deployed' } };
  const commit = await commitOf(root, against);
  const checkout = join(folder, 'checkout');
  const templates = await withCheckout({ root, commit, folder: checkout }, () =>
    packageServices({ root: checkout, folder: join(folder, 'before'), target }),
  );
  return { templates, against: { kind: 'revision', revision: against, commit } };
};

const namesIn = (templates: Templates): string[] =>
  [...templates].flatMap(([service, { Resources: resources }]) =>
    Object.keys(resources).map((id) => `${service}/${id}`),
  );

/** Packages this checkout's services and compares them with what is deployed, or with another revision. */
export const compareBranch = async (given: DiffArguments): Promise<Report> => {
  const { stage, region } = given.target;
  const [before, after] = await withTemporaryFolder(async (folder) => [
    await otherTemplates(given, folder),
    await packageServices({ root, folder: join(folder, 'after'), target: given.target }),
  ]);
  return reportOf({
    target: { stage, region, against: before.against },
    services: [...after].map(([service, template]) => {
      const old = before.templates.get(service);
      const next = before.against.kind === 'deployed' ? asReturned(template, old) : template;
      return diffService({ service, stage, before: old, after: next });
    }),
    approved: given.approved,
    known: new Set([...namesIn(before.templates), ...namesIn(after)]),
  });
};
