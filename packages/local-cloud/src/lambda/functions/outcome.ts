/** As Lambda reports a function that failed. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What came of an invocation: the JSON that the function returned, or how it failed. */
export type Outcome = { readonly payload: string } | { readonly error: FunctionError };

export const failure = (errorType: string, errorMessage: string): Outcome => ({ error: { errorType, errorMessage } });

export const crashed = failure('Runtime.ExitError', 'The function crashed.');
