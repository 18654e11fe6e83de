/** Reads environment variables by name. Throws at cold start, naming every one that is missing or empty. */
export const readEnv = <const Name extends string>(...names: Name[]): Record<Name, string> => {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`Missing environment variables: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>;
};
