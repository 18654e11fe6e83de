/** Capacity units consumed since they were last taken. An execution environment serves one invocation at a time. */
let consumed = { read: 0, write: 0 };

export const addReadCapacity = (units: number) => {
  consumed.read += units;
};

export const addWriteCapacity = (units: number) => {
  consumed.write += units;
};

/** What was consumed since the last call. */
export const takeCapacity = () => {
  const taken = consumed;
  consumed = { read: 0, write: 0 };
  return taken;
};
