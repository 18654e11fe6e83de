/** The allow-list as functions read it: an environment variable holds no list. Throws where production would allow every origin. */
module.exports = async ({ resolveVariable }) => {
  const [origins, stage] = await Promise.all([resolveVariable('param:corsOrigins'), resolveVariable('sls:stage')]);
  if (stage === 'prod' && origins.includes('*')) throw new Error('corsOrigins of the stage prod must not be *');
  return origins.join(',');
};
