import { rm, writeFile } from 'node:fs/promises';
import { unexpectedlyUnused, usedIn } from './unusedRights.ts';

/** The part of Jest's configuration that is asked for: what the run was narrowed to. */
interface Run {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
}

type Rights = NonNullable<Awaited<ReturnType<NonNullable<typeof globalThis.localCloud>['stop']>>>;

/** What is wrong with what a whole run has shown: nothing where it was judged, and every right has been used. */
const faultsIn = async ({ used, granted, unused, calls }: Rights): Promise<string[]> => {
  if (used === 0) return ['No call was recognised as that of a function: rights were not judged.'];
  console.log(`Calls of AWS, by whose they were: ${JSON.stringify(calls)}`);
  const usedElsewhere = await usedIn(process.env.RIGHTS_FOLDER ?? '');
  const surprising = await unexpectedlyUnused(
    unused.filter((right) => !usedElsewhere.has(right)),
    granted,
  );
  return surprising.length === 0
    ? []
    : [
        `Rights that no function has used (functions.yml, or test/unusedRights.json with a reason):\n${surprising.join('\n')}`,
      ];
};

/**
 * Stops the run's cloud. Rejects where a function has asked for what its role does not allow or has called from no
 * invocation: the harness judges that. After a whole run it rejects for rights that no function has used, too. What is
 * wrong is also written to the file that RIGHTS_REPORT names, as Jest says it of no test.
 */
const stopCloud = async ({ testPathPatterns }: Run) => {
  try {
    const rights = await globalThis.localCloud?.stop();
    if (!rights || testPathPatterns.patterns.length > 0) return;
    const faults = await faultsIn(rights);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  } catch (error) {
    if (process.env.RIGHTS_REPORT) await writeFile(process.env.RIGHTS_REPORT, (error as Error).message);
    throw error;
  } finally {
    await rm(process.env.RIGHTS_FOLDER ?? '', { recursive: true, force: true });
  }
};

export default stopCloud;
