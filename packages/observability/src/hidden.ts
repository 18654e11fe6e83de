/** Texts that no log line may show. */
const hidden = new Set<string>();

const shortest = 8; // characters: to hide less would tear other words apart

/** From now on no log line shows this text: `***` stands in its place. */
export const hideFromLog = (text: string): void => {
  if (text.length >= shortest) hidden.add(text);
};

/** A member of a log line without what is hidden. Costs a comparison where nothing is. */
export const withoutHidden = (value: unknown): unknown => {
  if (hidden.size === 0 || typeof value !== 'string') return value;
  let text = value;
  for (const each of hidden) text = text.replaceAll(each, '***');
  return text;
};
