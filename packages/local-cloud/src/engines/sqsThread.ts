/** A thread: fauxqs, on the port that it is given. Posts its address when it listens. */
import { parentPort, workerData } from 'node:worker_threads';
import { buildApp } from 'fauxqs';

const app = buildApp({ logger: false });
parentPort?.postMessage(await app.listen(workerData as { port: number; host: string }));
