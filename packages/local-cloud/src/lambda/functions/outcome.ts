/** As Lambda reports a function that failed. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What came of an invocation: the JSON that the function returned, or how it failed. */
export type Outcome = { readonly payload: string } | { readonly error: FunctionError };

/** What the execution environment tells along with it. */
export interface Measures {
  /** Whether it was the first invocation there. */
  readonly isCold?: boolean | undefined;
  /** Bytes of the heap. */
  readonly usedMemory?: number | undefined;
}

export const failure = (errorType: string, errorMessage: string): Outcome => ({ error: { errorType, errorMessage } });

export const crashed = failure('Runtime.ExitError', 'The function crashed.');
