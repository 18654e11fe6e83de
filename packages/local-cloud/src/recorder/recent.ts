/** The last spans as text, for who was away for a moment: as many as fit into so many characters. */
export const createRecent = (mostCharacters = 4 * 1024 * 1024) => {
  const held: { readonly place: number; readonly text: string }[] = [];
  let characters = 0;
  return {
    add: (place: number, text: string): void => {
      held.push({ place, text });
      characters += text.length;
      let gone = 0;
      for (; characters > mostCharacters && gone < held.length - 1; gone += 1)
        characters -= held[gone]?.text.length ?? 0;
      if (gone > 0) held.splice(0, gone);
    },
    /** What came after a place, of what is still held. */
    since: (place: number) => held.filter((each) => each.place > place),
  };
};
