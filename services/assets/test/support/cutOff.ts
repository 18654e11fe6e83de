/** Where work is cut off: at one of its calls, before that is made or after. */
export interface Cut {
  readonly at: number;
  readonly when: 'before' | 'after';
}

export const never: Cut = { at: 0, when: 'before' };

/** Every way to cut off work of so many calls. */
export const cutsOf = (calls: number): Cut[] =>
  Array.from({ length: calls }, (_, index) => index + 1).flatMap((at): Cut[] => [
    { at, when: 'before' },
    { at, when: 'after' },
  ]);

/** Wraps stores whose calls are counted together: one of them fails, once, as `cut` says. */
export const cutOff = ({ at, when }: Cut) => {
  let calls = 0;
  const counted = async (call: () => unknown) => {
    calls += 1;
    const isCut = calls === at;
    if (isCut && when === 'before') throw new Error('cut off before');
    const result = await call();
    if (isCut) throw new Error('cut off after');
    return result;
  };
  return {
    calls: () => calls,
    wrap: <Store extends object>(store: Store): Store =>
      new Proxy(store, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          return typeof member === 'function'
            ? (...args: unknown[]) => counted(() => Reflect.apply(member, target, args))
            : member;
        },
      }),
  };
};
