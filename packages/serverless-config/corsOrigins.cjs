/** The allow-list as functions read it: an environment variable holds no list. */
module.exports = async ({ resolveVariable }) => (await resolveVariable('param:corsOrigins')).join(',');
