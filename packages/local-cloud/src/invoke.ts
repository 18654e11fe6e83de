/** Runs a function and resolves to what it returned. Rejects when the function failed. */
export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

/** The Lambda API's Invoke, which answers 200 for a function that failed and tells so in a header. */
export const createInvoke =
  (endpoint: string): Invoke =>
  async (functionName, event) => {
    const response = await fetch(`${endpoint}/2015-03-31/functions/${functionName}/invocations`, {
      method: 'POST',
      body: JSON.stringify(event),
    });
    const text = await response.text();
    if (response.ok && !response.headers.has('x-amz-function-error')) return text ? JSON.parse(text) : undefined;
    throw new Error(`${functionName} failed: ${text.slice(0, 500)}`);
  };
