import { v5 as uuidv5 } from 'uuid';

const namespace = 'a2f0c1de-53a8-4f0a-8a5c-7f3f5b7f4d0e'; // ours; changing it forgets which item an old key made

/** The id of the item that a request creates: always the same for one request, and so for one Idempotency-Key. */
export const newItemId = (requestId: string): string => uuidv5(requestId, namespace);
