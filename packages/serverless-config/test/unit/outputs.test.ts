import { describe, expect, it } from '@jest/globals';
import { outputsOf } from '../../src/outputs.ts';

describe('the outputs of a service', () => {
  it.each([
    [
      'an HTTP API',
      { httpApi: 'GET /things' },
      { ThingsApiUrl: { Value: { 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] } } },
    ],
    [
      'a REST API',
      { http: { method: 'get', path: '/things' } },
      {
        ThingsApiUrl: {
          Value: {
            'Fn::Sub': 'https://${ApiGatewayRestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${sls:stage}',
          },
        },
      },
    ],
    [
      'a WebSocket API',
      { websocket: '$connect' },
      {
        ThingsSocketUrl: {
          Value: { 'Fn::Sub': 'wss://${WebsocketsApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${sls:stage}' },
        },
      },
    ],
    ['no API', { schedule: 'rate(1 minute)' }, {}],
  ])('have the URL of %s', (_kind, event, outputs) => {
    expect(outputsOf({ service: 'things', functions: { run: { events: [event] }, idle: {} }, tables: [] })).toEqual(
      outputs,
    );
  });

  it('have the name and the ARN of each table', () => {
    expect(outputsOf({ service: 'things', functions: {}, tables: ['things', 'parts'] })).toEqual({
      ThingsTableName: { Value: { Ref: 'ThingsTable' } },
      ThingsTableArn: { Value: { 'Fn::GetAtt': ['ThingsTable', 'Arn'] } },
      PartsTableName: { Value: { Ref: 'PartsTable' } },
      PartsTableArn: { Value: { 'Fn::GetAtt': ['PartsTable', 'Arn'] } },
    });
  });
});
