/** Lines that the framework puts around its errors: where it runs, and whom to ask. */
const around = /^(Environment|Docs|Support|Bugs|Please report|View the full error|\s*at )/;

/**
 * What the framework says went wrong: what follows its last `Error:`, without the notes around it. The last lines of the
 * output where there is none.
 */
export const errorIn = (output: string): string => {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const start = lines.findLastIndex((line) => line === 'Error:');
  const after = lines.slice(start + 1);
  const told = (start === -1 ? lines.slice(-5) : after).filter((line) => line.trim() !== '' && !around.test(line));
  return told.slice(0, 12).join('\n').trim();
};
