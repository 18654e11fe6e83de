import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PackagedService, packageService, serviceNames, servicesFolder } from '@app/test-support/packagedService';
import { beforeAll, describe, expect, it } from '@jest/globals';

/** The first service whose configuration has this text. */
const serviceWith = (text: string) =>
  serviceNames.find((name) => {
    const folder = join(servicesFolder, name);
    const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
    return files.some((file) => readFileSync(join(folder, file), 'utf8').includes(text));
  });

/** One of each kind: with a WebSocket API, a REST API, an HTTP API. */
const kinds = ['websocket:', 'http: {', 'httpApi: '].map(serviceWith);
const chosen = [...new Set(kinds)].filter((name) => name !== undefined).slice(0, 2);

const domains = { domainName: 'api.example.com', socketDomainName: 'ws.example.com' };
const additions = /^(?:HttpApiMapping|RestApiMapping|WebsocketsApiMapping)$/;

/** What stays the same from one packaging to the next: a REST API's deployment has a new name each time, archives a new place. */
const steady = ({ resources }: PackagedService) =>
  JSON.parse(
    JSON.stringify(resources)
      .replaceAll(/ApiGatewayDeployment\d+/g, 'ApiGatewayDeployment')
      .replaceAll(/"S3Key":"[^"]*"/g, '"S3Key":""'),
  ) as PackagedService['resources'];

describe.each(chosen)('the %s service, packaged for custom domains', (name) => {
  let without: PackagedService['resources'];
  let mapped: PackagedService['resources'];
  let outputs: PackagedService['outputs'];

  beforeAll(async () => {
    without = steady(await packageService(name));
    const service = await packageService(name, 'dev', domains);
    mapped = steady(service);
    ({ outputs } = service);
  });

  it('has no mapping but for those', () => {
    expect(Object.keys(without).filter((id) => additions.test(id))).toEqual([]);
  });

  it('differs in its mappings, and in what its stage tells functions', () => {
    const { HttpApiStage, ...rest } = Object.fromEntries(Object.entries(mapped).filter(([id]) => !additions.test(id)));
    const { HttpApiStage: stageBefore, ...before } = without;

    expect(rest).toEqual(before);
    if (!stageBefore) return;
    expect(HttpApiStage?.Properties).toEqual({
      ...stageBefore.Properties,
      StageVariables: { domainName: 'api.example.com', basePath: name },
    });
  });

  it('maps each API to what is in the template', () => {
    const mappings = JSON.stringify(Object.entries(mapped).filter(([id]) => additions.test(id)));
    const references = Array.from(mappings.matchAll(/"(?:Ref|DependsOn)":\[?"(\w+)"/g), ([, id = '']) => id);

    expect(references.length).toBeGreaterThanOrEqual(2);
    expect(references.filter((id) => !(id in mapped))).toEqual([]);
  });

  it('says under which URLs it is reached', () => {
    const urls = Object.entries(outputs)
      .filter(([key]) => key.includes('Public'))
      .map(([, { Value }]) => Value);
    const hasSockets = 'WebsocketsApiMapping' in mapped;

    expect(urls).toEqual([`https://api.example.com/${name}`, ...(hasSockets ? [`wss://ws.example.com/${name}`] : [])]);
  });
});
