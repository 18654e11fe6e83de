import { getRequest } from '@app/contracts';
import { validateGetRequest } from '@app/contracts/validators/getRequest';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { requests } from '../requests.ts';
import { toRequest } from '../requestView.ts';

export const handler = createHttpHandler({
  operation: getRequest,
  validate: validateGetRequest,
  handle: async ({ params: { requestId } }, { subject }) => {
    const request = await requests.get(requestId);
    return ok(toRequest(orNotFound(request?.ownerId === subject ? request : undefined, 'Request', requestId)));
  },
});
