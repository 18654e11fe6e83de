/**
 * Options of `npm start` that npm took for its own, as they came before `--`: npm 10 silently, npm 11 with a warning. It
 * hands them on in the environment, `npm_config_<name>`; where a value stood apart from its name, the value is `true`
 * and the value itself is among the arguments.
 */
const flags = ['fresh', 'json', 'quiet'];
/** npm takes `--no-iam` for `iam`, switched off. */
const negated = ['no-iam', 'no-record'];
const withValue = [
  'root',
  'only',
  'port-base',
  'data',
  'sweep-seconds',
  'schedule-seconds',
  'function-env',
  'allow-host',
  'otlp',
];

/** npm has an `only` as well, which may stand in a developer's .npmrc. */
const ofNpm = new Set(['prod', 'production', 'dev', 'development']);
const isOfNpm = (option, value) => option === 'only' && ofNpm.has(value);

const variableOf = (option) => `npm_config_${option.replace(/^no-/, '').replaceAll('-', '_')}`;

const isSwitchedOff = (env) => (option) => ['', 'false'].includes(env[variableOf(option)]);

const given = (env) => [
  ...negated.filter(isSwitchedOff(env)).map((option) => ({ option, value: 'true' })),
  ...[...flags, ...withValue].flatMap((option) =>
    (env[variableOf(option)] ?? '')
      .split('\n\n')
      .filter((value) => value !== '' && value !== 'false' && !isOfNpm(option, value))
      .map((value) => ({ option, value })),
  ),
];

const words = ({ option, value }) => (withValue.includes(option) ? [`--${option}`, value] : [`--${option}`]);

/** The arguments with npm's share put back: `{ args }`, or `{ problem }` where it cannot be told which value is whose. */
const takeFromNpm = (args, env) => {
  const options = given(env);
  const apart = options.filter(({ option, value }) => withValue.includes(option) && value === 'true');
  const first = args.findIndex((word) => word.startsWith('-'));
  const loose = first < 0 ? args : args.slice(0, first);
  if (apart.length > 1 || loose.length !== apart.length) {
    if (options.length === 0) return { args };
    const named = options.map(({ option, value }) =>
      value === 'true' ? `--${option}` : words({ option, value }).join(' '),
    );
    return {
      problem: `npm kept ${named.join(', ')} for itself. Options follow two dashes: npm start -- --data <folder> --fresh`,
    };
  }
  const valueOf = (each) => (apart.includes(each) ? loose[0] : each.value);
  const whole = options.flatMap((each) => words({ option: each.option, value: valueOf(each) }));
  return { args: [...whole, ...args.slice(loose.length)] };
};

/** An environment without them: other programs that npm's settings are for would wonder. */
const withoutThem = (env) => {
  const ours = new Set([...flags, ...negated, ...withValue].map(variableOf));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.has(name)));
};

module.exports = { takeFromNpm, withoutThem, options: [...flags, ...negated, ...withValue] };
