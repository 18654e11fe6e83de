import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createRecent } from '../../../src/recorder/recent.ts';
import { createRecorder, type Printed, type Recorded } from '../../../src/recorder/recorder.ts';
import { numberedSpan, traceId } from './spans.ts';

describe('the recorder', () => {
  it('keeps spans, and tells of each as it ends, with its place', () => {
    const recorder = createRecorder();
    const heard: Recorded[] = [];
    recorder.follow((recorded) => void heard.push(recorded));

    const [first, second] = [numberedSpan(1), numberedSpan(2)];
    recorder.record(first);
    recorder.record(second);

    expect(heard).toEqual([
      { place: 1, span: first, text: JSON.stringify(first) },
      { place: 2, span: second, text: JSON.stringify(second) },
    ]);
    expect(recorder.place()).toBe(2);
    expect(recorder.ring.find(traceId)?.spans).toHaveLength(2);
  });

  it('tells nobody who has stopped to follow', () => {
    const recorder = createRecorder();
    const heard: Recorded[] = [];
    const stop = recorder.follow((recorded) => void heard.push(recorded));
    stop();

    recorder.record(numberedSpan(1));

    expect(heard).toEqual([]);
  });

  it('keeps nothing where nothing is to be kept, and tells all the same', () => {
    const recorder = createRecorder({ isKept: false });
    const heard: Recorded[] = [];
    recorder.follow((recorded) => void heard.push(recorded));

    recorder.record(numberedSpan(1));

    expect(heard).toEqual([{ place: 1, span: numberedSpan(1), text: undefined }]);
    expect(recorder.ring.size().traces).toBe(0);
    expect(recorder.since(0)).toEqual([]);
  });

  it('wants spans when it keeps them, or while somebody follows', () => {
    const recorder = createRecorder({ isKept: false });
    expect(createRecorder().isWanted()).toBe(true);
    expect(recorder.isWanted()).toBe(false);

    const stop = recorder.follow(() => {});
    expect(recorder.isWanted()).toBe(true);
    stop();

    expect(recorder.isWanted()).toBe(false);
  });

  it('keeps within the limits that it is given', () => {
    const recorder = createRecorder({ limits: { traces: 1, bytes: 1_000_000, spansPerTrace: 1 } });
    recorder.record(numberedSpan(1, { traceId: 'a' }));
    recorder.record(numberedSpan(2, { traceId: 'b' }));

    expect(recorder.ring.newestFirst().map(({ summary }) => summary.traceId)).toEqual(['b']);
  });

  it('hands on what functions print', () => {
    const recorder = createRecorder();
    const heard: Printed[] = [];
    recorder.onPrinted((printed) => void heard.push(printed));
    const printed = { service: 'items', key: 'createItem', text: 'hello\n' };

    recorder.printed(printed);

    expect(heard).toEqual([printed]);
  });
});

describe('the last spans', () => {
  it('are those behind a place', () => {
    const recent = createRecent();
    for (const place of [1, 2, 3]) recent.add(place, `span ${place}`);

    expect(recent.since(1)).toEqual([
      { place: 2, text: 'span 2' },
      { place: 3, text: 'span 3' },
    ]);
    expect(recent.since(3)).toEqual([]);
  });

  it('are as many as fit, the last ones, without a gap, and one at least', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 }), { minLength: 1 }), fc.nat({ max: 100 }), (texts, most) => {
        const recent = createRecent(most);
        for (const [index, text] of texts.entries()) recent.add(index + 1, text);

        const held = recent.since(0);

        const first = texts.length - held.length;
        expect(held).toEqual(texts.slice(first).map((text, index) => ({ place: first + index + 1, text })));
        expect(held.length).toBeGreaterThan(0);
        const lengthFrom = (start: number) => texts.slice(start).join('').length;
        expect(held.length === 1 || lengthFrom(first) <= most).toBe(true);
        expect(first === 0 || lengthFrom(first - 1) > most).toBe(true);
      }),
    );
  });
});
