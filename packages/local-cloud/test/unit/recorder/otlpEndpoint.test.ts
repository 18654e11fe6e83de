import { describe, expect, it } from '@jest/globals';
import { otlpEndpoint } from '../../../src/recorder/otlpEndpoint.ts';

describe('otlpEndpoint', () => {
  it.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
    ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318/v1/traces'],
    ['https://collector.example/otlp', 'https://collector.example/otlp/v1/traces'],
    ['https://collector.example/otlp/?key=a#b', 'https://collector.example/otlp/v1/traces?key=a'],
    ['http://[::1]:4318/v1/traces', 'http://[::1]:4318/v1/traces'],
    ['http://[::1]:4318/v1/traces/', 'http://[::1]:4318/v1/traces'],
  ])('has the spans of %s posted to %s, as it has those of the result', (text, url) => {
    expect(otlpEndpoint(text)).toBe(url);
    expect(otlpEndpoint(url)).toBe(url);
  });

  it.each([
    ['', '"" is not a URL'],
    ['4318', '"4318" is not a URL'],
    ['http://', '"http://" is not a URL'],
    ['localhost:4318', '"localhost:4318" has the scheme "localhost:"'],
    ['grpc://127.0.0.1:4317', '"grpc://127.0.0.1:4317" has the scheme "grpc:"'],
    ['http://name:word@127.0.0.1:4318', 'it must not have a user name or a password'],
  ])('refuses "%s", and says why', (text, reason) => {
    expect(() => otlpEndpoint(text)).toThrow(
      `--otlp must be the http or https URL of a collector, such as http://127.0.0.1:4318: ${reason}.`,
    );
  });
});
