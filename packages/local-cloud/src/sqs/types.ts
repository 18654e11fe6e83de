/** What we use of fauxqs: its types say nothing of its stores. */

export interface Message {
  readonly messageId: string;
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
  readonly approximateFirstReceiveTimestamp?: number;
  readonly messageDeduplicationId?: string;
  readonly sequenceNumber?: string;
}

export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  createdTimestamp: number;
  lastModifiedTimestamp: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: ReadonlyMap<string, string>;
  sequenceCounter: number;
  readonly deduplicationCache: {
    set(id: string, first: { messageId: string; sequenceNumber: string | undefined }): void;
    delete(id: string): void;
  };
  persistence?: Persistence;
  isFifo(): boolean;
  enqueue(message: Message): void;
  dequeue(...criteria: readonly unknown[]): unknown;
  changeVisibility(receiptHandle: string, seconds: number): void;
}

/** What fauxqs calls, each before or after it has changed its own memory. */
export interface Persistence {
  readonly insertQueue: (queue: Queue) => void;
  readonly deleteQueue: (name: string) => void;
  readonly updateQueueAttributes: (name: string, attributes: object, lastModified: number) => void;
  readonly updateQueueSequenceCounter: (name: string, counter: number) => void;
  readonly insertMessage: (queueName: string, message: Message) => void;
  readonly deleteMessage: (messageId: string) => void;
  readonly updateMessageInflight: (
    messageId: string,
    ...[receiptHandle, visibleAt, receives, firstReceive]: [string, number, number, number | undefined]
  ) => void;
  readonly updateMessageReady: (messageId: string) => void;
  readonly deleteQueueMessages: (queueName: string) => void;
}

export interface QueueStore {
  host: string;
  persistence?: Persistence;
  createQueue(name: string, url: string, arn: string, attributes: object, tags: object): Queue;
  getQueue(url: string): Queue | undefined;
  getQueueByName(name: string): Queue | undefined;
  allQueues(): Iterable<Queue>;
}
