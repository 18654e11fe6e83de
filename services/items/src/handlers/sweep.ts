import { createScheduleHandler } from '@app/middleware';
import { createSweep } from '../sweepRequests.ts';
import { giveUp, requests } from '../workers.ts';

const sweep = createSweep({ requests, giveUp });

export const handler = createScheduleHandler({ worker: 'sweep', handle: () => sweep() });
