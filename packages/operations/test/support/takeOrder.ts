import { join } from 'node:path';
import { root } from '@app/test-support/deployedFunction';

const logger = JSON.stringify(join(root, 'packages/observability/src/index.ts'));

/** The source of a handler that calls by name and by parameter, waits, fails with a cause, and logs that with our logger. */
export const takeOrder = `import { logger } from ${logger};
const readQuantity = (text: string): number => {
  if (!/^[0-9]+$/.test(text)) throw new RangeError('no number: ' + text);
  return Number(text);
};
const readOrder = (text: string) => {
  try {
    return { quantity: readQuantity(text) };
  } catch (cause) {
    throw new Error('no order', { cause });
  }
};
const reading = <T>(read: (text: string) => T, text: string) => {
  const order = read(text);
  return order;
};
const takeOrder = async (text: string) => {
  await Promise.resolve();
  const order = reading(readOrder, text);
  return order;
};
export const handler = async (text: string) => {
  try {
    return await takeOrder(text);
  } catch (error) {
    logger.error('request', { error: error as Error });
    throw error;
  }
};
`;
