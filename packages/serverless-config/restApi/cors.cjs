/** `cors` of every `http` event: the stage's allow-list. Without one there is no preflight to answer. */
const headers = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Prefer',
  'traceparent',
];

module.exports = async ({ resolveVariable }) => {
  const origins = await resolveVariable('param:corsOrigins');
  return origins.length > 0 ? { origins, headers, maxAge: 3600 } : false;
};
