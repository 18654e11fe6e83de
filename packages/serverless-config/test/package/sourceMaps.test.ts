import { anyFunction } from '@app/test-support/deployedFunction';
import { type PackagedService, packageService } from '@app/test-support/packagedService';
import { beforeAll, describe, expect, it } from '@jest/globals';

const sorted = (names: readonly string[]) => names.toSorted((a, b) => a.localeCompare(b));

describe('the source maps of a service, packaged', () => {
  const { service: name, handler } = anyFunction();
  let service: PackagedService;

  beforeAll(async () => {
    service = await packageService(name);
  });

  const bundles = () => service.archives.map((archive) => `src/handlers/${archive.replace(/zip$/, 'mjs')}`);

  it('are in no archive: each has its bundle and nothing else', () => {
    expect(service.archives).toContain(`${handler}.zip`);
    expect(Object.values(service.contents)).toEqual(bundles().map((bundle) => [bundle]));
  });

  it('are kept beside the archives: one for each function, with its bundle', () => {
    expect(sorted(service.sourceMaps)).toEqual(sorted(bundles().flatMap((bundle) => [bundle, `${bundle}.map`])));
  });
});
