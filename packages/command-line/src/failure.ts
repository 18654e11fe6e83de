/** What a command ends with instead of a stack: a message for whoever typed it. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The command was not typed as its usage says: the usage is printed below the message. */
export class UsageFailure extends Failure {
  constructor(message: string, options?: ErrorOptions) {
    super(message, 2, options);
  }
}
