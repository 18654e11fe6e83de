import { Failure } from '@app/command-line/failure';

/** Nothing listens where the local cloud should. */
export class CloudNotUp extends Failure {}
