import { createObjectEventHandler } from '@app/middleware';
import { confirmUpload } from '../uploads/composition.ts';

export const handler = createObjectEventHandler({
  worker: 'confirmUpload',
  handle: ({ key, deliveryId }) => confirmUpload(key, deliveryId),
});
