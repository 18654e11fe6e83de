/** A figure beside its target; `digits` after the point. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly digits?: number;
}

const verdict = ({ value, atMost }: Figure) => (atMost === undefined ? '' : value <= atMost ? 'met' : 'MISSED');

/** Prints figures as a table under a heading. Nothing fails by a figure: machines differ, and the reader judges. */
export const report = (heading: string, figures: readonly Figure[]) => {
  console.log(`\n${heading}`);
  for (const figure of figures) {
    const { name, value, unit, atMost, digits = 1 } = figure;
    const target = atMost === undefined ? '' : `at most ${atMost} ${unit}`;
    console.log(
      `  ${name.padEnd(56)} ${value.toFixed(digits).padStart(10)} ${unit.padEnd(7)} ${target.padEnd(20)} ${verdict(figure)}`,
    );
  }
};
