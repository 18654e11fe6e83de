import { invalidRequest } from '@app/http';
import { config } from '../config.ts';

/** A stage's own bound, which its contract cannot know. Throws the 400. */
export const assertAllowedSize = (size: number) => {
  if (size <= config.maxBytes) return;
  throw invalidRequest([{ in: 'body', pointer: '/size', detail: `must be ${config.maxBytes} or less` }]);
};
