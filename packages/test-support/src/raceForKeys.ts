/** Sends one of two payloads under a key. */
type Send<Answer> = (key: string, payload: 0 | 1) => Promise<Answer>;

interface Answered {
  readonly status: number;
  readonly headers: object;
  readonly body: unknown;
}

/** What became of one key. Where both payloads were accepted, or none, the first stands for it. */
export interface Round<Answer extends Answered> {
  readonly answers: readonly Answer[];
  /** The payload that was accepted, and how it was answered: at first, and when it was sent once more. */
  readonly taken: 0 | 1;
  readonly accepted: Answer;
  readonly retried: Answer;
}

/** As a careful client does: what is not served in time is sent again under its key. */
const untilServed = async <Answer extends Answered>(send: () => Promise<Answer>): Promise<Answer> => {
  for (let attempt = 1; ; attempt++) {
    const answer = await send();
    if (answer.status !== 503 || attempt === 10) return answer;
  }
};

const race = async <Answer extends Answered>(send: Send<Answer>): Promise<Round<Answer>> => {
  const key = crypto.randomUUID();
  const served = (payload: 0 | 1) => untilServed(() => send(key, payload));
  const [zero, one] = await Promise.all([served(0), served(1)]);
  const taken = zero.status < 300 ? 0 : 1;
  return { answers: [zero, one], taken, accepted: taken === 0 ? zero : one, retried: await served(taken) };
};

/**
 * Sends two payloads under one Idempotency-Key at the same moment, round after round, each under a key of its own. So
 * many rounds run side by side: they meet in the same milliseconds, and the whole is done sooner.
 */
export const raceForKeys = async <Answer extends Answered>(
  send: Send<Answer>,
  { rounds = 500, sideBySide = 25 } = {},
): Promise<Round<Answer>[]> => {
  const done: Round<Answer>[] = [];
  let begun = 0;
  const lane = async () => {
    while (begun++ < rounds) done.push(await race(send));
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
  return done;
};

/** What a retry of what was accepted must be answered. */
export const replayOf = ({ accepted: { status, body } }: Round<Answered>) => ({
  status,
  headers: { 'Idempotency-Replayed': 'true' },
  body,
});

/** How often each pair of statuses was answered, e.g. `{ '201 422': 500 }`. */
export const statusesOf = (rounds: readonly Round<Answered>[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { answers } of rounds) {
    const pair = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    counts[pair.join(' ')] = (counts[pair.join(' ')] ?? 0) + 1;
  }
  return counts;
};
