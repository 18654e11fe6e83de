const longestAnswer = 5000;

/**
 * Makes sure that something answers at an endpoint that the developer named, whatever it answers. Throws, naming the
 * variable and its value, when nothing does or when it is no URL.
 */
export const assertAnswers = async (variable: string, endpoint: string): Promise<void> => {
  const { protocol } = URL.parse(endpoint) ?? {};
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Error(`${variable} must be a URL such as http://127.0.0.1:8001, not "${endpoint}".`);
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(longestAnswer), redirect: 'manual' });
    await response.body?.cancel();
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error && cause.message ? cause.message : message;
    throw new Error(
      `Nothing answers at ${endpoint}, which ${variable} names (${reason}). Start it, or unset ${variable}.`,
      {
        cause: error,
      },
    );
  }
};
