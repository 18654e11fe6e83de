/** The part of Jest's configuration that is asked for: what the run was narrowed to. */
interface Run {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
}

/**
 * Stops the run's cloud. Rejects where a function has used a right that its role lacks: the harness judges that. After a
 * whole run it also lists the rights that no function has used: some are for failures, for presigned URLs or for Lambda.
 */
const stopCloud = async ({ testPathPatterns }: Run) => {
  const rights = await globalThis.localCloud?.stop();
  if (!rights || testPathPatterns.patterns.length > 0) return;
  if (rights.used === 0) throw new Error('No call was recognised as that of a function: rights were not judged.');
  console.log(`Rights that no function has used:\n${rights.unused.join('\n')}`);
};

export default stopCloud;
