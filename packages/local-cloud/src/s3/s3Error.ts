import { element, xmlDocument } from './xml.ts';

interface Details {
  /** Further elements of the answer, such as the key that is refused. */
  readonly [name: string]: string | undefined;
}

/** An answer that S3 gives in XML. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Details;

  constructor(status: number, code: string, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  toXml(): string {
    return xmlDocument(element('Error', { Code: this.code, Message: this.message, ...this.details }));
  }
}

export const notImplemented = (what: string) =>
  new S3Error(501, 'NotImplemented', `The local S3 does not implement ${what}.`);

export const invalidArgument = (name: string, value: string, message: string) =>
  new S3Error(400, 'InvalidArgument', message, { ArgumentName: name, ArgumentValue: value });

export const malformedXml = (why: string) => new S3Error(400, 'MalformedXML', `The XML you provided ${why}.`);
