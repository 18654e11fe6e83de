import { type DeclaredFunctions, functionsOf, type Variables } from './framework.ts';
import { upperFirst } from './upperFirst.ts';

interface DeclaredService {
  readonly service: string;
  readonly functions: DeclaredFunctions;
  /** The keys of its tables: `things` for the resource ThingsTable. */
  readonly tables: readonly string[];
}

/** Where each kind of API is reached, by osls's logical ids. */
const urls = {
  httpApi: ['ApiUrl', { 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] }],
  http: [
    'ApiUrl',
    { 'Fn::Sub': 'https://${ApiGatewayRestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${sls:stage}' },
  ],
  websocket: [
    'SocketUrl',
    { 'Fn::Sub': 'wss://${WebsocketsApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${sls:stage}' },
  ],
} as const;

/** The outputs of a service's stack, e.g. `NotesApiUrl`, `NotesTableName` and `NotesTableArn`. */
export const outputsOf = ({ service, functions, tables }: DeclaredService): Record<string, { Value: unknown }> => {
  const events = Object.values(functions).flatMap(({ events: each }) => each ?? []);
  const kinds = new Set(events.flatMap((event) => (typeof event === 'string' ? event : Object.keys(event))));
  const ofApis = Object.entries(urls).flatMap(([kind, [name, Value]]) =>
    kinds.has(kind) ? [[`${upperFirst(service)}${name}`, { Value }] as const] : [],
  );
  const ofTables = tables
    .map((key) => `${upperFirst(key)}Table`)
    .flatMap((id) => [
      [`${id}Name`, { Value: { Ref: id } }] as const,
      [`${id}Arn`, { Value: { 'Fn::GetAtt': [id, 'Arn'] } }] as const,
    ]);
  return Object.fromEntries([...ofApis, ...ofTables]);
};

/** What a deployed service tells others: the URLs of its APIs, the names and ARNs of its tables. One entry under `resources`. */
export const outputs = async (variables: Variables) => {
  const property = (name: string) => variables.resolveConfigurationProperty([name]);
  const [service, functions, custom] = await Promise.all([
    property('service'),
    functionsOf(variables),
    property('custom'),
  ]);
  const { tables } = custom as { readonly tables: object };
  return { Outputs: outputsOf({ service: service as string, functions, tables: Object.keys(tables) }) };
};
