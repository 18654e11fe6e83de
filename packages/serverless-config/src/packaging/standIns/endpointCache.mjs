/**
 * Stands in for mnemonist/lru-cache in bundles (7 KB): the SDK makes one in every DynamoDB client for endpoint discovery,
 * which is off, so that nothing is ever kept in it. A Map would take the capacity that it is given for entries.
 */
export default function EndpointCache() {
  return new Map();
}
