/** A function as it is deployed, and where its code is. */
export interface FunctionDefinition {
  /** `<service>-<stage>-<key>`, as deployed. */
  readonly name: string;
  /** The folder that `handler` is in. */
  readonly codeFolder: string;
  /** `src/handlers/createNote.handler`. */
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memorySize: number;
  /** All that it finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}
