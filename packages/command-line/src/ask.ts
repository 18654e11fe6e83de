import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Whether there is somebody to ask. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks on standard error. Resolves to the line that was typed; '' when the terminal was closed or Ctrl-C came instead. */
export const ask = async (question: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on('SIGINT', () => lines.close());
  lines.setPrompt(question);
  lines.prompt();
  const [answer] = await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [''])]);
  lines.close();
  return String(answer).trim();
};
