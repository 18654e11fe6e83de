/** What a cloud has said in its JSON lines, and what its functions have printed: the messages, as they were before. */
export const saidIn = (output: string): string[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { readonly message: string }).message);
