import { createScheduledHandler } from '@app/middleware';
import { sweep } from '../workers/composition.ts';

export const handler = createScheduledHandler({ worker: 'sweep', handle: () => sweep() });
