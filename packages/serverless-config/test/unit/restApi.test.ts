import { sampleApis } from '@app/contracts/samples';
import { describe, expect, it } from '@jest/globals';
import { cors } from '../../src/restApi/cors.ts';
import { gatewayResponses } from '../../src/restApi/gatewayResponses.ts';
import { requestModels } from '../../src/restApi/requestModels.ts';

const responses = (origin?: string) => Object.values(gatewayResponses(origin)).map(({ Properties }) => Properties);

/** The body as the gateway would render it. */
const rendered = (template = '') =>
  JSON.parse(
    template.replaceAll('$context.error.messageString', '"why"').replaceAll('$context.requestId', 'id'),
  ) as Record<string, unknown>;

describe('gateway responses', () => {
  it('are problems whose status is the response’s own, with the request id and no store', () => {
    for (const { StatusCode, ResponseParameters, ResponseTemplates } of responses()) {
      expect(rendered(ResponseTemplates['application/json'])).toEqual({
        type: expect.stringMatching(/^\/problems\/[a-z-]+$/),
        title: expect.any(String),
        status: Number(StatusCode),
        detail: expect.any(String),
        requestId: 'id',
      });
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.Cache-Control': "'no-store'",
        'gatewayresponse.header.x-request-id': 'context.requestId',
      });
    }
  });

  it('make a 404 of a route that does not exist, whichever way the gateway puts it', () => {
    const noRoute = responses().filter(({ ResponseType }) =>
      ['MISSING_AUTHENTICATION_TOKEN', 'RESOURCE_NOT_FOUND'].includes(ResponseType),
    );

    expect(noRoute.map(({ StatusCode }) => StatusCode)).toEqual(['404', '404']);
  });

  it('tell when to try again where that helps', () => {
    const again = responses().filter(
      ({ ResponseParameters }) => 'gatewayresponse.header.Retry-After' in ResponseParameters,
    );

    expect(new Set(again.map(({ StatusCode }) => StatusCode))).toEqual(new Set(['429', '503']));
  });

  it('name the stage’s first origin, and none where it has none', () => {
    const name = 'gatewayresponse.header.Access-Control-Allow-Origin';

    const [named] = responses('https://a.example');
    const [bare] = responses();

    expect(named?.ResponseParameters[name]).toBe("'https://a.example'");
    expect(bare?.ResponseParameters).not.toHaveProperty(name);
  });
});

describe('request models', () => {
  const models = (isValidating: boolean) =>
    requestModels({ operations: sampleApis['memos'] ?? [], isValidating }) as {
      resources: Record<string, { Properties: { Schema?: object } }>;
      extensions: Record<string, { Properties: Record<string, unknown> }>;
    };

  it('leave judging to the functions, unless a stage asks for it', () => {
    const [asIs, asked] = [models(false), models(true)];

    expect(JSON.stringify(asIs)).not.toContain('Validator');
    expect(asked.resources).toHaveProperty('BodyValidator');
    expect(asked.extensions['ApiGatewayMethodMemosPost']?.Properties).toMatchObject({
      RequestValidatorId: { Ref: 'BodyValidator' },
    });
  });

  it('hold no keyword that draft 4 does not have', () => {
    expect(JSON.stringify(models(true).resources)).not.toMatch(/"(x-[a-z]+|const|type\$)":/);
  });

  it('are there for each body, under the media type that the method takes', () => {
    const { extensions } = models(false);

    expect(extensions['ApiGatewayMethodMemosPost']?.Properties['RequestModels']).toEqual({
      'application/json': { Ref: 'CreateMemoBodyModel' },
    });
    expect(extensions['ApiGatewayMethodMemosIdVarPatch']?.Properties['RequestModels']).toEqual({
      'application/merge-patch+json': { Ref: 'PatchMemoBodyModel' },
    });
  });
});

describe('cors of a REST API', () => {
  const corsOf = (origins: string[]) =>
    cors({ resolveConfigurationProperty: async () => undefined, resolveVariable: async () => origins });

  it('is the stage’s list, and nothing where that is empty', async () => {
    expect(await corsOf(['https://a.example'])).toMatchObject({ origins: ['https://a.example'] });
    expect(await corsOf([])).toBe(false);
  });
});
