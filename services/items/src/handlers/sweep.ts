import { createSweep } from '../sweepRequests.ts';
import { giveUp, requests } from '../workers.ts';

const sweep = createSweep({ requests, giveUp });

export const handler = () => sweep();
