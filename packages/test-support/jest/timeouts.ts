import { jest } from '@jest/globals';

// A test that waits for a condition ends as soon as that holds: on a busy machine it is slow, and still right.
jest.setTimeout(180_000);
