/** What the path of a checkout may not hold, and why: nothing else was found that the tools cannot live with. */
const { sep } = require('node:path');

const always = {
  '*': 'esbuild takes it for a pattern',
  ...(sep === '/' && { '\\': 'Node loads no module from below it' }),
};
const forTests = { '?': 'Jest takes what follows it for a query', '\n': 'Jest finds no module below it' };

/** Undefined for a path that all goes well in; else what to tell the developer. */
const faultOfPath = (path, { tests }) => {
  const impossible = Object.entries({ ...always, ...(tests && forTests) });
  const [character, reason] = impossible.find(([each]) => path.includes(each)) ?? [];
  return character && `Move this checkout: its path has ${JSON.stringify(character)} in it, and ${reason}.\n${path}`;
};

module.exports = { faultOfPath };
