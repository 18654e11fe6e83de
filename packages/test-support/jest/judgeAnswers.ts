import { afterAll, afterEach } from '@jest/globals';
import { collectAnswers } from '../src/answers/collect.ts';
import { faultsOf } from '../src/answers/judge.ts';

/** Every answer during a test is judged by its contract: no test has to ask for it, and none can forget. */
const answers = collectAnswers();

const judge = async () => {
  const faults = await Promise.all((await answers.take()).map(faultsOf));
  const distinct = [...new Set(faults.flat())];
  if (distinct.length > 0) throw new Error(`Not as the contract has it:\n${distinct.join('\n')}`);
};

afterEach(judge);

afterAll(async () => {
  answers.stop();
  await judge(); // what hooks have asked for since the last test
});
