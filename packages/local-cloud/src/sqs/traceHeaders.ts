/** As many messages as are remembered; what is older begins a trace of its own. */
const most = 50_000;

/**
 * The `AWSTraceHeader` of messages, which fauxqs does not keep: by message id, in memory. After a restart the messages that
 * were left have none.
 */
export const createTraceHeaders = () => {
  const headers = new Map<string, string>();
  return {
    set: (messageId: string, header: string): void => {
      headers.set(messageId, header);
      const [oldest] = headers.keys();
      if (headers.size > most && oldest !== undefined) headers.delete(oldest);
    },
    get: (messageId: string): string | undefined => headers.get(messageId),
  };
};

export type TraceHeaders = ReturnType<typeof createTraceHeaders>;
