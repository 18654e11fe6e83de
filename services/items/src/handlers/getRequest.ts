import { getRequest } from '@app/contracts/operations/getRequest';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { requests } from '../requests/composition.ts';
import { toRequest } from '../requests/requestView.ts';

export const handler = createHttpHandler(getRequest, async ({ params: { requestId } }, { subject }) => {
  const request = await requests.get(requestId);
  return ok(toRequest(orNotFound(request?.ownerId === subject ? request : undefined, 'Request', requestId)));
});
