import { createStreamHandler } from '@app/middleware';
import { removeObject } from '../uploads/composition.ts';

export const handler = createStreamHandler<{ s3Key?: string }>({
  worker: 'removeObject',
  handle: async ({ oldImage, eventId }) => (oldImage?.s3Key ? removeObject(oldImage.s3Key, eventId) : 'nothing to do'),
});
