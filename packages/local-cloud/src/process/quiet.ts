import { format } from 'node:util';

const lastLines = 20;

/** Keeps banners and route tables off the terminal while `work` runs; should it fail, the last lines go with its error. */
export const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
  const { log } = console;
  const lines: string[] = [];
  console.log = (...words: unknown[]) => void lines.push(format(...words));
  try {
    return await work();
  } catch (error) {
    const said = lines.join('\n').split('\n').slice(-lastLines).join('\n').trim();
    throw new Error([(error as Error).message, said].filter(Boolean).join('\n'), { cause: error });
  } finally {
    console.log = log;
  }
};
