import { describe, expect, it } from '@jest/globals';
import { corsOrigins } from '../../src/corsOrigins.ts';
import type { Variables } from '../../src/framework.ts';

const variablesOf = (origins: readonly string[], stage: string): Variables => ({
  resolveConfigurationProperty: async () => undefined,
  resolveVariable: async (name) => (name === 'sls:stage' ? stage : origins),
});

describe('the allow-list of a stage', () => {
  it('is one variable of the functions', async () => {
    const list = await corsOrigins(variablesOf(['https://a.example', 'https://b.example'], 'prod'));

    expect(list).toBe('https://a.example,https://b.example');
  });

  it('may be every origin for a demo', async () => {
    expect(await corsOrigins(variablesOf(['*'], 'demo'))).toBe('*');
  });

  it('is refused for production when it holds every origin', async () => {
    await expect(corsOrigins(variablesOf(['https://a.example', '*'], 'prod'))).rejects.toThrow('must not be *');
  });
});
