/**
 * Does something for each item, `most` at a time, and resolves to the results in the items' order. The first failure rejects,
 * after what had begun has ended; nothing new is begun.
 */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  most: number,
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const waiting = [...items.entries()];
  const results: Result[] = [];
  const failures: unknown[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined && failures.length === 0; next = waiting.shift()) {
      const [place, item] = next;
      try {
        results[place] = await run(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, most) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
};
