/** A rule of a bucket's CorsConfiguration, as CloudFormation has it. */
export interface CorsRule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  readonly MaxAge?: number;
}

/** Which function hears of which of a bucket's objects. */
export interface Notification {
  /** As deployed: `<service>-<stage>-<key>`. */
  readonly functionName: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface Bucket {
  readonly name: string;
  readonly corsRules: readonly CorsRule[];
}

/** An object that a new bucket begins with. */
export interface SeedObject {
  readonly key: string;
  readonly contentType: string;
  /** Where its bytes are. */
  readonly file: string;
}

/** How an object came into being, as S3's events name it. */
export type Creation = 'Put' | 'Copy' | 'CompleteMultipartUpload';

/** An object that is coming into being, or is written anew. */
export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly how: Creation;
}
/** Called before the object is there and its upload answered: what it throws, the upload is answered with. */
export type ObjectListener = (object: CreatedObject) => void;
