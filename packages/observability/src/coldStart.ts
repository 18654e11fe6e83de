let cold = true;

/** True once: for the invocation that an execution environment was started for. */
export const isColdStart = () => {
  const first = cold;
  cold = false;
  return first;
};
