import { HttpProblem, problemTypes } from '@app/http';
import { type HttpEvent, methodOf, sentPathOf } from './httpEvent.ts';

/** The 404 for a route or method that no operation has. HEAD is one: a gateway may hand it to the function behind GET. */
export const noRoute = (event: HttpEvent) =>
  new HttpProblem(problemTypes.notFound, `There is no ${methodOf(event)} ${sentPathOf(event)}`);
