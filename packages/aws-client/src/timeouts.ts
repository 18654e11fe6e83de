/**
 * Milliseconds, as `requestHandler` of a client. An AWS API answers in some ten; a function that has 29 s, or a worker that
 * has 10, is to answer for the service it calls instead of being cut off: two attempts of these take 4 s at the most, four
 * take 8. Keep-alive is the SDK's default.
 */
export const timeouts = { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true } as const;
