import type { Screen } from '@app/command-line/screen';
import { renderTable } from '@app/command-line/table';
import type { Deployment } from './history.ts';

const columns = [{ heading: 'deployed' }, { heading: 'timestamp' }, { heading: 'what came of it' }];

const remarks: Readonly<Record<Deployment['fate'], string>> = {
  live: 'live',
  ran: 'ran',
  failed: 'failed: CloudFormation went back',
  'never started': 'never started: uploaded only',
  unknown: 'not known: older than the stack’s events',
};

/** The deployments of a service, the newest first. */
export const renderDeployments = (deployments: readonly Deployment[], screen: Screen): string =>
  renderTable(
    columns,
    deployments.map(({ timestamp, fate }) => [
      { text: new Date(timestamp).toISOString() },
      { text: String(timestamp) },
      { text: remarks[fate], style: fate === 'live' ? ('green' as const) : undefined },
    ]),
    screen,
  );
