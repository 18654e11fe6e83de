import type { Report } from './report.ts';
import { pathOf } from './wording.ts';

/** The report as data. Its form is documented in the package's README; `version` grows when a field changes its meaning. */
export const renderJson = (report: Report): string =>
  JSON.stringify(
    {
      version: 1,
      ...report,
      services: report.services.map((diff) => ({
        ...diff,
        changes: diff.changes.map(({ properties, ...change }) => ({
          ...change,
          properties: properties.map((property) => ({ ...property, path: pathOf(property) })),
        })),
      })),
    },
    null,
    2,
  );
