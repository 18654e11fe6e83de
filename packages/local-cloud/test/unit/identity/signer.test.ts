import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { signedAs, signerOf } from '../../../src/identity/signer.ts';

const accessKeyId = 'ASIAZFWDXKXMPYP4TZOP';
const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20270101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=abcdef`;
const link = (credential: string) => `/photos/cat.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}`;

describe('the signer of a request', () => {
  it('is read from the Authorization header, with the region', () => {
    expect(signerOf({ authorization })).toEqual({ accessKeyId, region: 'eu-west-1', isPresigned: false });
  });

  it.each([
    ['percent-encoded', `${accessKeyId}%2F20270101%2Fus-gov-east-1%2Fs3%2Faws4_request`],
    ['percent-encoded in lower case', `${accessKeyId}%2f20270101%2fus-gov-east-1%2fs3%2faws4_request`],
    ['with plain slashes', `${accessKeyId}/20270101/us-gov-east-1/s3/aws4_request`],
  ])('is read from a presigned URL, %s', (_how, credential) => {
    expect(signerOf({}, link(credential))).toEqual({ accessKeyId, region: 'us-gov-east-1', isPresigned: true });
  });

  it('is read from a presigned URL that has the credential first', () => {
    expect(signerOf({}, `/photos?X-Amz-Credential=${accessKeyId}%2F20270101%2Feu-west-1%2Fs3&a=b`)).toMatchObject({
      accessKeyId,
    });
  });

  it('is whoever signed the header, where a request has both signatures', () => {
    expect(signerOf({ authorization }, link('ASIAAAAAAAAAAAAAAAAA%2F20270101%2Feu-west-1'))).toMatchObject({
      accessKeyId,
      isPresigned: false,
    });
  });

  it('is read without a region where the scope cannot be read', () => {
    expect(signerOf({ authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/today` })).toEqual({
      accessKeyId,
      region: '',
      isPresigned: false,
    });
  });

  it.each([
    ['no signature', {}, '/photos/cat.png'],
    ['a bearer token', { authorization: 'Bearer abc.def.ghi' }, '/'],
    ['a credential without a scope', { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}` }, '/'],
    ['an empty credential', {}, '/photos?X-Amz-Credential='],
    ['a parameter that only ends like a credential', {}, `/photos?Not-X-Amz-Credential=${accessKeyId}`],
    ['a credential in its path', {}, `/X-Amz-Credential=${accessKeyId}`],
  ])('is nobody, of a request with %s', (_what, headers, url) => {
    expect(signerOf(headers, url)).toBeUndefined();
  });

  it('is found by an encoded name and an encoded key id, as S3 decodes both before it checks the signature', () => {
    const url = `/photos?X%2DAmz%2DCredential=%41${accessKeyId.slice(1)}%2F20270101%2Feu-west-1%2Fs3%2Faws4_request`;

    expect(signerOf({}, url)).toEqual({ accessKeyId, region: 'eu-west-1', isPresigned: true });
  });

  it('is read or not, and never throws, whatever the header and the URL are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (header, url) => {
        expect(() => signerOf({ authorization: header }, url)).not.toThrow();
      }),
    );
  });
});

describe('a signature under another key', () => {
  it('differs in the key id alone', () => {
    expect(signedAs(authorization, 'MockAccessKeyId')).toBe(authorization.replace(accessKeyId, 'MockAccessKeyId'));
  });

  it('is the same text where there is no key id', () => {
    expect(signedAs('Bearer abc', 'MockAccessKeyId')).toBe('Bearer abc');
  });
});
