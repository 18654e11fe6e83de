import { describe, expect, it } from '@jest/globals';
import { deliverForgery, deliverTwice } from '../support/forgedMessages.ts';
import { forgeries } from '../support/forgeries.ts';

const deadLetter = 5; // receives that failed

describe.each(forgeries)('a message that is not the command of the request it names: $what', (forgery) => {
  it('goes to the dead letters, changes nothing, and keeps nobody from carrying out the request’s command', async () => {
    const quantity = forgery.victim === 'update' ? 1 : 0;

    const { before, refused, after, ownRefused, again, end } = await deliverForgery(forgery);

    expect(refused).toBe(deadLetter);
    expect(after).toEqual(before);
    expect(after).toMatchObject({ request: { status: 'accepted' }, announcements: [] });
    expect(ownRefused).toBe(0);
    expect(again).toBe(deadLetter); // though the request is complete now
    expect(end).toEqual({
      request: expect.objectContaining({ status: 'success', result: expect.objectContaining({ quantity }) }),
      item: expect.objectContaining({ quantity, name: 'Bolt', version: 1 + quantity }),
      another: before.another,
      announcements: ['items-notifications-dev'],
    });
  });
});

describe('the command of a request', () => {
  it('changes nothing when it comes again, is acknowledged, and has the result announced once more', async () => {
    const { refused, end } = await deliverTwice({ isForgotten: false });

    expect(refused).toEqual([0, 0]);
    expect(end).toMatchObject({ request: { status: 'success' }, item: { version: 2 } });
    expect(end.announcements).toHaveLength(2);
  });

  it('goes to the dead letters, and changes nothing, when its request is not remembered any more', async () => {
    const { refused, end } = await deliverTwice({ isForgotten: true });

    expect(refused).toEqual([deadLetter, deadLetter]);
    expect(end).toMatchObject({ request: undefined, item: { version: 1 }, announcements: [] });
  });
});
